# For the tests of this folder, which source it: throw-away folders, a daemon, calls, and comparisons.
# Wants SOURCE (the project), TASKD and TASKCTL (the programs) in the environment.
# shellcheck shell=bash
set -euo pipefail
: "${SOURCE:?}" "${TASKD:?}" "${TASKCTL:?}"

skip() {
	echo "skipped: $1"
	exit 77
}

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

# The folder goes at the end, and with it the daemon whose socket is in there.
scratch=$(mktemp -d /tmp/taskctl-paper.XXXXXX)
daemon_pid=
on_exit() {
	[ -z "$daemon_pid" ] || kill "$daemon_pid" 2>/dev/null || true
	"$TASKCTL" daemon stop >/dev/null 2>&1 || true
	rm -rf "$scratch"
}
trap on_exit EXIT

mkdir -m 700 "$scratch"/{home,config,data,run}
export HOME=$scratch/home XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_RUNTIME_DIR=$scratch/run
export TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1 COLUMNS=80
unset DBUS_SESSION_BUS_ADDRESS "${!TASKD_@}" TASKCTL_SOCKET TASKCTL_TOKEN TASKCTL_TOKEN_FILE

# same WHAT FILE FILE: equal line for line, else the difference is shown.
same() { diff -u --label "$2" --label "$3" "$2" "$3" >&2 || fail "$1"; }

# The mdoc source $1 with continued lines joined, as one line each.
joined() { sed -e ':a;/\\$/{N;s/\\\n/ /;ba}' "$1"; }

# Starts a daemon on $scratch and waits until clients can connect.
start_daemon() {
	socket=$scratch/taskd.sock
	mkfifo "$scratch/ready"
	"$TASKD" --data "$scratch/store" --socket "$socket" --ready-fd 3 3>"$scratch/ready" 2>"$scratch/taskd.log" &
	daemon_pid=$!
	grep -q '^READY=1$' <"$scratch/ready" || fail "the daemon did not start: $(cat "$scratch/taskd.log")"
}

# Opens one connection for `call LINE`, which prints the answer.
open_connection() { coproc CONNECTION { socat - "UNIX-CONNECT:$socket"; }; }
call() {
	local answer
	printf '%s\n' "$1" >&"${CONNECTION[1]}"
	IFS= read -r -t 60 answer <&"${CONNECTION[0]}" || fail "no answer to $1"
	printf '%s\n' "$answer"
}
