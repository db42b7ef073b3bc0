#!/bin/bash
# The examples of taskd-protocol.7, sent in their order to a fresh daemon, are answered as the page says.
. "$(dirname "$0")/paper.sh"

# One message a line: "--> …" or "<-- …".
examples() {
	awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 }
		!inside { next }
		/^(-->|<--) / { if (message) print message; message = $0; next }
		message { sub(/^ +/, ""); message = message $0 }
		END { if (message) print message }' "$SOURCE/man/taskd-protocol.7" | sed 's/\\(en/-/g; s/\\e/\\/g'
}

# What differs from run to run is named by its kind, so that all else must be equal.
normal() {
	jq -S -c 'walk(if type == "string" then
		if test("^(taskd:)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$") then "UUID"
		elif test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$") and . != "2026-11-24T17:00:00Z" then "TIME"
		elif test("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$") or . == "ACCESS_TOKEN" then "ACCESS"
		elif test("^tkr_[A-Za-z0-9_-]+$") or . == "REFRESH_TOKEN" then "REFRESH"
		else . end else . end) | walk(if type == "object" and has("session_id") then .session_id = "SESSION"
		elif type == "object" and has("session") then .session.id = "SESSION" else . end)'
}

start_daemon
open_connection
token=none
count=0
while IFS= read -r line; do
	case $line in
	'--> '*)
		line=${line#--> }
		answer=$(call "${line//ACCESS_TOKEN/$token}")
		found=$(jq -r '.result.access_token // empty' <<<"$answer")
		token=${found:-$token}
		count=$((count + 1))
		;;
	'<-- '*)
		normal <<<"${line#<-- }" >"$scratch/by-page"
		normal <<<"$answer" >"$scratch/by-daemon"
		same "the answer of example $count" "$scratch/by-page" "$scratch/by-daemon"
		;;
	esac
done < <(examples)
[ "$count" -ge 8 ] || fail "only $count examples were found"
