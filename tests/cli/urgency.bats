#!/usr/bin/env bats
# What is urgent, and why.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "list --sort puts the most urgent first, over all pages" {
	for i in $(seq 30); do echo "add -q task$i pri:$( ((i % 3)) && echo L || echo H)"; done >"$HOME/adds"
	while read -r line; do
		# shellcheck disable=SC2086 # words
		taskctl $line >/dev/null
	done <"$HOME/adds"
	equals "$(taskctl list --sort urgency- --limit 3 --format '{priority}' | tr -d '\n')" HHH
	equals "$(taskctl list --sort urgency-,id- --format '{priority}' | uniq -c | tr -s ' ' | tr '\n' ,)" " 10 H, 20 L,"
	equals "$(taskctl list --sort id- --limit 2 -q | tr '\n' ' ')" "30 29 "
	equals "$(taskctl list --limit 2 -q | tr '\n' ' ')" "1 2 "
	run --separate-stderr -2 taskctl list --sort urgent-
	has "$stderr" 'did you mean `urgency`'
}

@test "show says what the urgency is the sum of" {
	taskctl add -q "Buy milk" pri:H +next project:home
	equals "$(taskctl show 1 --json=urgency)" '{"urgency":22.8}'
	run taskctl show 1
	has "$output" "Urgency     22.8"
	has "$output" "priority.H      1.000   6.000   6.000"
	has "$output" "tags            0.800   1.000   0.800"
	has "$output" "user.tag.next"
}

@test "coefficients are shown, set and given back" {
	taskctl add -q "Buy milk" +shop
	has "$(taskctl urgency | head -n 1)" "Name"
	has_not "$(taskctl urgency | head -n 1)" "Own"
	taskctl urgency set -q user.tag.shop 3.5
	has "$(taskctl urgency | head -n 1)" "Own"
	equals "$(taskctl show 1 --json=urgency)" '{"urgency":4.3}'
	equals "$(taskctl urgency set user.tag.shop --json -- -2)" '{"name":"user.tag.shop","value":-2,"default":0,"own":true}'
	has "$(taskctl urgency)" "user.tag.shop     -2"
	has "$(taskctl urgency list -q)" "user.tag.shop"
	taskctl urgency unset -q user.tag.shop
	equals "$(taskctl show 1 --json=urgency)" '{"urgency":0.8}'
	run --separate-stderr -2 taskctl urgency set dew 1
	has "$stderr" "due"
	run --separate-stderr -2 taskctl urgency set due much
	has "$stderr" "number"
	run --separate-stderr -2 taskctl urgency set due 1001
	has "$stderr" "1000"
}
