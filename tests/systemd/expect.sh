# For user.sh and system.sh, which source it: what they expect, and how they wait.
# shellcheck shell=bash
set -euo pipefail

promise() { echo "- $*"; }

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

# expect WHAT EXPECTED ACTUAL
expect() { [ "$2" = "$3" ] || fail "$1: expected \"$2\", found \"$3\""; }

# until_true WHAT COMMAND…: polls, for 20 seconds.
until_true() {
	local what=$1 deadline=$((SECONDS + 20))
	shift
	until "$@"; do
		[ $SECONDS -lt $deadline ] || fail "this did not come true: $what"
		sleep 0.05
	done
}

# Waits for the end of a process that is not our child.
wait_for_end() { timeout 20 tail --pid="$1" -f /dev/null || fail "process $1 did not end"; }

# A copy of a unit whose program is a shell that tries to write at $2: prints "refused" or "written".
# probe_write UNIT_FILE PATH SYSTEMCTL…
probe_write() {
	local unit=$1 path=$2 folder=$3
	shift 3
	mkdir -p "$folder"
	sed -e "s|^ExecStart=.*|ExecStart=/bin/sh -c 'echo probe > $path'|" -e 's/^Type=.*/Type=oneshot/' \
		-e '/^Restart/d;/^WatchdogSec/d;/^Requires=/d;/^After=/d' "$unit" >"$folder/taskd-probe.service"
	"$@" daemon-reload
	if "$@" start taskd-probe.service 2>/dev/null; then echo written; else echo refused; fi
}
