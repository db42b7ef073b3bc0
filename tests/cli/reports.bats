#!/usr/bin/env bats
# Reports: built in, and one's own.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home && sign_up
	taskctl add -q low pri:L
	taskctl add -q high pri:H due:yesterday
	taskctl add -q later wait:2101-01-01
	taskctl add -q behind depends:1
	taskctl add -q over
	taskctl "done" 5
}
teardown() { remove_home; }

@test "the built-in reports are commands" {
	equals "$(taskctl next -q | head -n 1)" 2
	equals "$(taskctl ready -q | sort | paste -s -d ' ')" "1 2"
	equals "$(taskctl waiting -q)" 3
	equals "$(taskctl blocked -q)" 4
	equals "$(taskctl blocking -q)" 1
	equals "$(taskctl overdue -q)" 2
	equals "$(taskctl completed -q)" 5
	equals "$(taskctl all -q | sort | paste -s -d ' ')" "1 2 3 4 5"
	taskctl start 1
	equals "$(taskctl active -q)" 1
	taskctl add -q again due:tomorrow recur:weekly
	equals "$(taskctl recurring -q)" 6
	equals "$(taskctl report next -q)" "$(taskctl next -q)"
}

@test "a filter comes on top of that of the report" {
	equals "$(taskctl next -q pri:L)" 1
	equals "$(taskctl all -q -f 'pri:L or status:completed' | sort | paste -s -d ' ')" "1 5"
	equals "$(taskctl next -q --limit 1)" 2
}

@test "a report shows its columns" {
	run --separate-stderr -0 taskctl next
	has "${lines[0]}" Urg
	has "${lines[1]}" "-"
	has "$(taskctl blocked)" Depends
	equals "$(taskctl next --json=id | jq length)" 3
	run --separate-stderr -0 taskctl active
	has "$stderr" "No task matches"
}

@test "a report of one's own is defined, shown, run and deleted" {
	taskctl report define mine 'pri.any:' --columns id,priority,title --sort priority+ --title "What matters"
	equals "$(taskctl report mine | tr -s ' ')" "ID Pri Title
 1 L low
 2 H high"
	has "$(taskctl report show mine)" "What matters"
	has "$(taskctl report list -q)" mine
	equals "$(taskctl report -q)" "$(taskctl report list -q)"
	taskctl report delete mine
	run --separate-stderr -1 taskctl report mine
	has "$stderr" "taskctl report list"
	run --separate-stderr -1 taskctl report nxet
	has "$stderr" 'did you mean `next`'
	run --separate-stderr -2 taskctl report define
	run --separate-stderr -2 taskctl report define mine --sort cost-
	has "$stderr" "sort takes"
	run --separate-stderr -1 taskctl report show mine
}
