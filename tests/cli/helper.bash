# For the tests of this folder, which load it: throw-away folders, programs in PATH, an account.
# Wants TASKCTL and TASKD (the programs) in the environment.
# shellcheck shell=bash
bats_require_minimum_version 1.5.0

PASSWORD='correct horse battery'

# A folder of its own for every test, and nothing of whoever runs it.
make_home() {
	scratch=$(mktemp -d /tmp/taskctl-cli.XXXXXX)
	mkdir -m 700 "$scratch"/{home,run,bin}
	mkdir -p "$scratch/home/.config/taskd"
	ln -s "$TASKCTL" "$scratch/bin/taskctl"
	ln -s "$TASKD" "$scratch/bin/taskd"
	# The cheapest password that the daemon allows: these tests are not about the cost.
	echo 'password_memory_kib = 19456' >"$scratch/home/.config/taskd/taskd.conf"
	export HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run PATH=$scratch/bin:$PATH TZ=UTC LC_ALL=C.UTF-8
	unset XDG_CONFIG_HOME XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS NO_COLOR COLUMNS TERM "${!TASKD_@}" "${!TASKCTL_@}"
	export TASKCTL_HINTS=off # they come at a terminal, once; whoever looks for them takes this back
	config=$HOME/.config/taskctl
	data=$HOME/.local/share/taskd
	cd "$scratch" || return
}

remove_home() {
	taskctl daemon stop >/dev/null 2>&1 || true
	cd / && rm -rf "$scratch"
}

# sign_up [EMAIL]: an account, logged in.
sign_up() {
	printf '%s\n' "$PASSWORD" | taskctl signup -q --email "${1:-ann@example.com}" --password-stdin
}

log_in() {
	printf '%s\n' "${2-$PASSWORD}" | taskctl login --email "$1" --password-stdin
}

# Comparisons that show what they compared.
equals() {
	[ "$1" = "$2" ] || {
		printf 'found:    %q\nexpected: %q\n' "$1" "$2" >&2
		return 1
	}
}

has() {
	case $1 in
	*"$2"*) ;;
	*)
		printf 'found:   %q\nwithout: %q\n' "$1" "$2" >&2
		return 1
		;;
	esac
}

has_not() {
	case $1 in
	*"$2"*)
		printf 'found: %q\nwith:  %q\n' "$1" "$2" >&2
		return 1
		;;
	esac
}

# until_true COMMAND…: waits until it succeeds, for as long as a slow machine may take.
until_true() {
	local deadline=$((SECONDS + 60))
	until "$@"; do
		[ "$SECONDS" -lt "$deadline" ] || {
			echo "never: $*" >&2
			return 1
		}
		sleep 0.02
	done
}
