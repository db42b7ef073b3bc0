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

# What only the daemon can know: the name that it has on the page, where an answer gives it, and its form.
learned=(
	'ACCESS_TOKEN .result.access_token [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+'
	'REFRESH_TOKEN .result.refresh_token tkr_[A-Za-z0-9_-]{65}'
	'SESSION .result.session_id [A-Za-z0-9_][A-Za-z0-9_-]{21}'
	'PERSONAL_TOKEN .result|select(.scopes).token tkp_[A-Za-z0-9_-]{65}'
	'TOKEN_ID .result|select(.scopes).id [A-Za-z0-9_][A-Za-z0-9_-]{21}'
	'CODE .result.code ([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}'
	'KEY_ID .result.kid [A-Za-z0-9_-]{12}'
	'CURSOR .result|select(.section).next_cursor [0-9]+\.[0-9]+\.[0-9]+\.[A-Za-z0-9_-]{43}'
)
declare -A known
finder=$(printf '%s\n' "${learned[@]}" | awk '{ printf "%s(%s)? // empty | \"%d \" + .", (NR > 1 ? "), (" : "("), $2, NR - 1 } END { print ")" }')
learn() {
	local index name form value
	while read -r index value; do
		read -r name _ form <<<"${learned[index]}"
		[[ $value =~ ^$form$ ]] || fail "$name has not its form: $value"
		known[$name]=$value
	done < <(jq -r "$finder" <<<"$1")
}

# with_values LINE: the names replaced by what they stand for.
with_values() {
	local line=$1 name
	for name in "${!known[@]}"; do line=${line//\"$name\"/\"${known[$name]}\"}; done
	printf '%s\n' "$line"
}

# The other way round, for whole strings of a line of JSON.
with_names() {
	for name in "${!known[@]}"; do printf '%s\n%s\n' "${known[$name]}" "$name"; done |
		jq -S -c --rawfile line <(printf '%s' "$1") -n -R '[inputs] as $pairs
			| [range(0; $pairs | length; 2) | { key: $pairs[.], value: $pairs[. + 1] }] | from_entries as $names
			| $line | fromjson | walk(if type == "string" then $names[.] // . else . end)'
}

# What differs from run to run and no name is needed for: times, of which what lies between iat and exp is kept, urgency,
# the uuids of tasks and of the store, and the uid of whoever runs this.
normal() {
	jq -S -c --argjson uid "$1" 'walk(if type == "string" then
		if test("^(taskd:)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$") then "UUID"
		elif test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$") and . != "2026-11-24T17:00:00Z" then "TIME"
		else . end
		elif type == "object" then
			if has("iat") then .exp -= .iat | .iat = "TIME" else . end
			| if .uid == $uid then .uid = "UID" else . end
			| if has("urgency") then .urgency = "URGENCY" else . end
		else . end)'
}

start_daemon
open_connection
count=0
while IFS= read -r line; do
	case $line in
	'--> '*)
		answer=$(call "$(with_values "${line#--> }")")
		learn "$answer"
		count=$((count + 1))
		;;
	'<-- '*)
		normal 1000 <<<"${line#<-- }" >"$scratch/by-page"
		with_names "$answer" | normal "$(id -u)" >"$scratch/by-daemon"
		same "the answer of example $count" "$scratch/by-page" "$scratch/by-daemon"
		;;
	esac
done < <(examples)
[ "$count" -ge 20 ] || fail "only $count examples were found"
