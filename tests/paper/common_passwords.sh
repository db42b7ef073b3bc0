#!/bin/bash
# Lists of common passwords that are missing or too short stop the build, which says what to do.
. "$(dirname "$0")/paper.sh"

generate=$BUILD/daemon/auth/common_passwords_generate
table=$scratch/table.c

# words COUNT: so many of 11 bytes, each in lower case and in upper case.
words() {
	seq -f 'word%07.0f' "$1"
	seq -f 'WORD%07.0f' "$1"
}

# refused LIST: nothing is made of it; what is said is in $scratch/said.
refused() {
	! "$generate" "$table" "$1" 2>"$scratch/said" || fail "a table was made of $1"
	[ ! -e "$table" ] || fail "a table is left of $1"
}

words 9999 >"$scratch/list"
refused "$scratch/list"
grep -q '9999 words.*10000 are wanted' "$scratch/said" || fail "too short a list: $(cat "$scratch/said")"
refused "$scratch/missing"
grep -q "$scratch/missing: No such file" "$scratch/said" || fail "a missing list: $(cat "$scratch/said")"
{ words 10000 | tr '\n' ',' | sed 's/^/"passwords": "/'; } >"$scratch/list"
refused "$scratch/list"
grep -q 'no end' "$scratch/said" || fail "half of zxcvbn's file: $(cat "$scratch/said")"

words 10000 >"$scratch/list"
"$generate" "$table" "$scratch/list" || fail "10 000 words are enough"
grep -q 'entry_count = 10000 ' "$table" || fail "10 000 words in two cases are not 10 000 entries"
for short in 1234567 "$(printf 'tab\tinside')" "$(printf '%065d' 0)"; do echo "$short" >>"$scratch/list"; done
"$generate" "$table" "$scratch/list"
grep -q 'entry_count = 10000 ' "$table" || fail "words that cannot be passwords are in the table"
# Not by /dev/full: should the tool ever remove what it could not write, root would lose that.
(
	trap '' XFSZ
	ulimit -f 8
	! "$generate" "$table" "$scratch/list" 2>/dev/null
) || fail "a full disk is not noticed"
[ ! -e "$table" ] || fail "half a table is left"

! cmake -G Ninja -S "$SOURCE" -B "$scratch/build" -DTASKCTL_COMMON_PASSWORDS="$scratch/missing" >"$scratch/said" 2>&1 ||
	fail "cmake goes on without the list"
tr -s ' \n' ' ' <"$scratch/said" | grep -q 'package python3-zxcvbn' ||
	fail "cmake does not say where the lists come from: $(cat "$scratch/said")"
