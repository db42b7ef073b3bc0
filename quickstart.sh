#!/bin/bash
# From a fresh Debian 12 to a task list: installs what is missing, builds, installs, and does the main job once.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=dist/debian-packages.sh
. dist/debian-packages.sh

usage() {
	cat <<-'END'
		usage: ./quickstart.sh [--prefix DIR] [--demo]

		  --prefix DIR  install to DIR instead of ~/.local
		  --demo        show it with a throw-away account, and ask nothing

		Run it as root, or as yourself where sudo works. Running it again does no harm.
	END
}

prefix=
is_demo=no
arguments=("$@")
while [ $# -gt 0 ]; do
	case $1 in
	--prefix)
		[ $# -ge 2 ] || die "--prefix wants a folder" 2
		prefix=$2
		shift
		;;
	--prefix=*) prefix=${1#*=} ;;
	--demo) is_demo=yes ;;
	-h | --help)
		usage
		exit 0
		;;
	*)
		usage >&2
		die "unknown argument: $1" 2
		;;
	esac
	shift
done

# Under `sudo ./quickstart.sh` the packages are root's business; ~/.local is not.
hand_back_to_caller() {
	local uid
	[ "$(id -u)" = 0 ] && [ -z "$prefix" ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ] || return 0
	uid=$(id -u "$SUDO_USER")
	say "Going on as $SUDO_USER"
	exec sudo -H -u "$SUDO_USER" env -u SUDO_USER XDG_RUNTIME_DIR="/run/user/$uid" "$(pwd)/quickstart.sh" "${arguments[@]}"
}

build() {
	local log=build/quickstart.log
	say "Building (a minute or two)"
	mkdir -p build
	if ! { cmake --preset release && cmake --build --preset release; } >$log 2>&1; then
		tail -n 30 $log >&2
		die "the build failed; the whole log is in $(pwd)/$log"
	fi
}

is_writable_place() {
	local folder=$1
	until [ -e "$folder" ]; do folder=$(dirname "$folder"); done
	[ -w "$folder" ]
}

install_programs() {
	local runner=()
	is_writable_place "$prefix" || runner=(as_root)
	"${runner[@]}" cmake --install build/release --prefix "$prefix" --strip >/dev/null ||
		die "could not install to $prefix"
	say "Installed to $prefix"
}

# A running daemon of an earlier installation would go on with the old program.
stop_old_daemon() {
	"$taskctl" daemon stop >/dev/null 2>&1 || true
}

has_user_manager() {
	command -v systemctl >/dev/null && systemctl --user show-environment >/dev/null 2>&1
}

# A user's manager finds units below ~/.local and /usr by itself; units elsewhere are linked.
user_units_folder() {
	case $prefix in
	*/.local) printf '%s\n' "$prefix/share/systemd/user" ;;
	*) printf '%s\n' "$prefix/lib/systemd/user" ;;
	esac
}

enable_units() {
	local folder
	folder=$(user_units_folder)
	case $folder in
	"${XDG_DATA_HOME:-$HOME/.local/share}/systemd/user" | /usr/lib/systemd/user | /usr/local/lib/systemd/user) ;;
	*) systemctl --user --quiet link "$folder/taskd.socket" "$folder/taskd.service" || return ;;
	esac
	systemctl --user daemon-reload && systemctl --user --quiet enable --now taskd.socket || return
	say "systemd starts the daemon when it is needed (systemctl --user status taskd)"
}

set_up_daemon() {
	stop_old_daemon
	if ! has_user_manager; then
		say "taskctl starts the daemon when it is needed: there is no systemd user manager here"
	elif ! enable_units; then
		say "The systemd units could not be enabled; taskctl starts the daemon when it is needed"
	fi
}

show() {
	printf '\n$ taskctl %s\n' "$*"
	"$taskctl" "$@"
}

tour() {
	show add "Read the one-minute tour" +taskctl
	show add "Water the plants" project:home pri:H
	show list
}

# An account that nobody keeps, in folders that nobody keeps.
demo() {
	local password
	scratch=$(mktemp -d /tmp/taskctl-demo.XXXXXX) # a long TMPDIR would make the path of the socket too long
	trap 'stop_old_daemon; rm -rf "$scratch"' EXIT
	mkdir -m 700 "$scratch/config" "$scratch/data" "$scratch/run"
	export XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_RUNTIME_DIR=$scratch/run
	unset DBUS_SESSION_BUS_ADDRESS TASKCTL_SOCKET TASKCTL_TOKEN TASKCTL_TOKEN_FILE TASKD_SOCKET TASKD_DATA TASKD_CONFIG
	password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
	say "A throw-away account shows the rest; nothing of yours is touched"
	printf '%s\n' "$password" | show signup --email demo@example.com --password-stdin
	"$taskctl" whoami >/dev/null 2>&1 ||
		printf '%s\n' "$password" | show login --email demo@example.com --password-stdin
	tour
	show "done" 1
	show list
}

# Somebody who has an account already is told so by signup. Ctrl-C is no such answer.
log_in_instead() {
	[ "$1" -ne 130 ] || exit 130
	say "Then log in"
	"$taskctl" login
}

main_job() {
	if "$taskctl" whoami >/dev/null 2>&1; then
		say "Already logged in as $("$taskctl" whoami)"
		show list
		return
	fi
	say "Now an account: an email address (it stays on this machine) and a password"
	"$taskctl" signup || log_in_instead $?
	"$taskctl" whoami >/dev/null 2>&1 || "$taskctl" login
	tour
}

say_what_next() {
	cat <<-END

		Type next:
	END
	case ":$PATH:" in
	*":$prefix/bin:"*) ;;
	*) printf '  %s\n' "export PATH=\"$prefix/bin:\$PATH\"    # and put it into ~/.profile" ;;
	esac
	[ "$is_demo" = no ] || printf '  %s\n' "taskctl signup"
	cat <<-END
		  taskctl add "Call the bank" project:home +phone
		  taskctl list
		  taskctl done 1
		  taskctl help          # and: man taskctl
	END
}

need_packages "${build_packages[@]}"
hand_back_to_caller
prefix=$(realpath -m "${prefix:-$HOME/.local}")
taskctl=$prefix/bin/taskctl
[ -t 0 ] && [ -t 1 ] || is_demo=yes
build
install_programs
set_up_daemon
if [ "$is_demo" = yes ]; then demo; else main_job; fi
say_what_next
