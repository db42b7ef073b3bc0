#!/usr/bin/env bats
# Tasks that come again.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "add with a rule makes a series and its first task" {
	equals "$(taskctl add "Water the plants" due:2101-05-07 recur:weekly)" \
		"Added task 2: Water the plants (the first of series 1)"
	equals "$(taskctl add -q Rent --due 2101-05-31 --recur monthly --recur-count 3 --recur-from completion)" 4
	equals "$(taskctl series -q | paste -s -d ' ')" "1 3"
	equals "$(taskctl series list)" "$(taskctl series)"
	equals "$(taskctl series --json | jq -c '.[1] | [.recur, .recur_count, .recur_from]')" '["monthly",3,"completion"]'
	equals "$(taskctl show 2 --format '{series}')" 1
	has "$(taskctl show 3)" "Recurs      monthly, from completion, 3 times"
	run --separate-stderr -2 taskctl add "no day" recur:weekly
	has "$stderr" due
	run --separate-stderr -2 taskctl add "no rule" due:tomorrow recur:wekly
}

@test "a series is changed with its open task, by the id of either" {
	taskctl add -q "Water the plants" due:2101-05-07 recur:weekly
	equals "$(taskctl series modify 2 pri:H)" "Changed series 1: Water the plants, due 2101-05-07
Changed task 2: Water the plants, due 2101-05-07"
	equals "$(taskctl list -q --json=priority)" '[{"priority":"H"}]'
	taskctl series modify 1 --recur 2wk
	run --separate-stderr -3 taskctl modify 1 pri:L
	has "$stderr" "task 1 is a series
         to change it, and the task of it that is open: taskctl series modify ID CHANGES"
	run --separate-stderr -2 taskctl modify 2 recur:daily
	has "$stderr" "taskctl series modify"
	run --separate-stderr -2 taskctl series modify 1
	run --separate-stderr -2 taskctl series modify Water
	taskctl add -q alone
	run --separate-stderr -3 taskctl series modify 3 pri:L
}

@test "skip goes on with the next, and a deleted series ends" {
	taskctl add -q "Water the plants" due:yesterday recur:daily
	has "$(taskctl series skip 1)" "Skipped task 2"
	run --separate-stderr -2 taskctl series skip
	taskctl delete 1 --yes
	equals "$(taskctl series -q)" ""
	run --separate-stderr -0 taskctl series
	has "$stderr" "recur:weekly"
}
