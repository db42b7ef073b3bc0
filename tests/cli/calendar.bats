#!/usr/bin/env bats
# Months with the days on which something is due.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "a month shows what is due on its days, and below it the days" {
	taskctl add -q one due:2040-03-14 project:home
	taskctl add -q two due:2040-03-14
	taskctl add -q three due:2040-03-20
	run --separate-stderr -0 taskctl calendar 2040-03
	has "$output" "March 2040"
	has "$output" "12 13 14*15 16 17 18"
	has "$output" $'We 2040-03-14  2 due\nTu 2040-03-20  1 due'
	has_not "$output" $'\e'
	has "$(taskctl calendar 2040-03 -f project:home)" "We 2040-03-14  1 due"
	has_not "$(taskctl calendar 2040-03 -f project:home)" "2040-03-20"
	has "$(taskctl calendar 2040-03 --color=always)" $'\e['
	has "$(TASKCTL_WEEK_START=sunday taskctl calendar 2040-03)" "Su Mo Tu"
}

@test "a year has twelve months, and a terminal of 40 columns one beside none" {
	[ "$(COLUMNS=80 taskctl calendar 2040 | grep -o '[A-Z][a-z]* 2040' | wc -l)" = 12 ]
	[ "$(COLUMNS=40 taskctl calendar 2040 | wc -L)" -le 40 ]
	run --separate-stderr -2 taskctl calendar someday
	has "$stderr" "taskctl calendar 2026-11"
	run --separate-stderr -2 taskctl calendar may june
}

@test "programs get the days, and a picture is a file" {
	taskctl add -q one due:2040-03-14
	equals "$(taskctl calendar 2040-03 --plain)" $'2040-03-14\t1\t0\t0\t0\t0'
	has "$(taskctl calendar 2040-03 --json)" '"due":1'
	run --separate-stderr -0 taskctl calendar 2040-03 --svg march.svg
	equals "$output" ""
	has "$stderr" "march.svg"
	has "$(cat march.svg)" "</svg>"
	has "$(taskctl calendar 2040-03 --svg -)" "March 2040"
	! command -v xmllint >xmllint-path || xmllint --noout march.svg
	run --separate-stderr -6 taskctl calendar 2040-03 --svg /nowhere/march.svg
	has "$stderr" "/nowhere/march.svg"
}

@test "the active context holds here too" {
	taskctl add -q one due:2040-03-14 project:home
	taskctl add -q two due:2040-03-15
	taskctl context set home project:home >said
	taskctl context use home 2>said
	has_not "$(taskctl calendar 2040-03 2>said)" "2040-03-15"
}
