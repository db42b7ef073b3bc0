#!/usr/bin/env bats
# Taking back, doing again, and what there was.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "undo takes back the last change, redo does it again" {
	taskctl add -q "Buy milk" pri:H
	taskctl modify 1 pri:L
	has "$(taskctl undo)" "Undone: modify of 1 task"
	equals "$(taskctl show 1 --format '{priority}')" H
	has "$(taskctl redo)" "Redone: modify of 1 task"
	equals "$(taskctl show 1 --format '{priority}')" L
	run --separate-stderr -3 taskctl redo
	has "$stderr" "nothing to redo"
}

@test "undo takes back several, also deletions of many" {
	for title in one two three; do taskctl add -q $title; done
	taskctl delete 1-3 --yes
	equals "$(taskctl list -q)" ""
	has "$(taskctl undo --dry-run)" "Would undo: delete of 3 tasks"
	equals "$(taskctl list -q)" ""
	taskctl undo
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2 3"
	equals "$(taskctl undo 2 | grep -c Undone)" 2
	equals "$(taskctl list -q)" 1
	equals "$(taskctl undo --json | jq .count)" 1
	run --separate-stderr -3 taskctl undo
	has "$stderr" "nothing to undo"
	run --separate-stderr -2 taskctl undo 0
	run --separate-stderr -2 taskctl undo milk
}

@test "undo and redo name the tasks, so that the wrong step is seen at once" {
	taskctl add -q "Buy milk"
	taskctl modify 1 pri:L
	has "$(taskctl undo)" "  task 1: Buy milk"
	has "$(taskctl undo --dry-run)" "  task 1, removed"
	has "$(taskctl redo)" "  task 1: Buy milk"
	seq 11 | sed 's/^/Chapter /' | while IFS= read -r title; do taskctl add -q -- "$title"; done
	taskctl modify --yes -f /Chapter/ pri:H
	run --separate-stderr -0 taskctl undo
	equals "$(grep -c '^  task' <<<"$output")" 10
	has "$output" "and more; see: taskctl history"
}

@test "the history says what was and what became, the newest first" {
	taskctl add -q "Buy milk" due:2101-12-01
	taskctl modify 1 due: pri:H
	taskctl add -q other
	taskctl undo
	run --separate-stderr -0 taskctl history
	has "${lines[1]}" undo
	has "${lines[2]}" "add, undone"
	has "$(taskctl history 1)" "due: 2101-12-01 23:59 → none"
	has "$(taskctl history 1)" "priority: none → H"
	equals "$(taskctl history 1 -q | wc -l)" 2
	equals "$(taskctl history --limit 1 --json | jq -r '.[].action')" undo
	run --separate-stderr -2 taskctl history 1,2
	run --separate-stderr -1 taskctl history 9
}

@test "what is in the bin is removed for good, and never unasked" {
	taskctl add -q one
	taskctl add -q two
	run --separate-stderr -3 taskctl purge 1 --yes
	has "$stderr" "only deleted tasks"
	taskctl delete 1
	run --separate-stderr -2 taskctl purge 1 </dev/null
	has "$stderr" "for good"
	has "$stderr" "--yes"
	equals "$(taskctl purge 1 --dry-run)" "Would remove for good task 1: one"
	equals "$(taskctl purge -f status:deleted --yes)" "Removed for good task 1: one"
	run --separate-stderr -1 taskctl show 1
	run --separate-stderr -1 taskctl restore 1
}
