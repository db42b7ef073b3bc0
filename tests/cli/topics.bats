#!/usr/bin/env bats
# help about topics: what it says is so.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up && taskctl add -q one due:tomorrow; }
teardown() { remove_home; }

# forms TOPIC: the left column.
forms() { taskctl help "$1" | sed -n 's/^  \(\S.*\)$/\1/p' | sed 's/   *.*//'; }

@test "each form of help dates is a date" {
	[ "$(forms dates | wc -l)" -ge 8 ]
	while read -r form; do
		taskctl modify -q -n 1 "wait:$form"
	done < <(forms dates)
}

@test "each form of help filters is a filter" {
	[ "$(forms filters | wc -l)" -ge 8 ]
	while read -r form; do
		taskctl list -q -f "$form"
	done < <(forms filters)
}

@test "each form of help recurrence is a rule" {
	[ "$(forms recurrence | wc -l)" -ge 3 ]
	while read -r form; do
		taskctl add -q -n x due:tomorrow "recur:$form"
	done < <(forms recurrence)
}

@test "help settings has each setting, and every topic its page" {
	equals "$(forms settings | grep -v NAME | paste -s -d ' ')" "$(taskctl config -q | paste -s -d ' ')"
	for topic in dates filters recurrence scripting settings; do
		has "$(taskctl help | tail -n 4)" "$topic"
		has "$(taskctl help "$topic")" "man taskctl"
	done
	run --separate-stderr -2 taskctl help filter
	has "$stderr" 'did you mean the topic `filters`'
}
