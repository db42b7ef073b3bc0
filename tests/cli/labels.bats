#!/usr/bin/env bats
# Projects, tags, how far they are, and the time that went into them.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

some_tasks() {
	taskctl add -q one project:home.garden +aa
	taskctl add -q two project:home +bb
	taskctl add -q three project:work +aa +bb
	taskctl add -q four
	taskctl "done" 2
}

@test "projects and tags are listed with their counts" {
	some_tasks
	equals "$(taskctl projects -q | paste -s -d ' ')" "home home.garden work"
	equals "$(taskctl projects | tr -s ' ')" "Project Pending Waiting Completed
home 1 0 1
home.garden 1 0 0
work 1 0 0"
	equals "$(taskctl tags --json | jq -c '[.[] | [.tag, .pending]]')" '[["aa",2],["bb",1]]'
	equals "$(taskctl projects -q project:work)" work
	equals "$(taskctl report projects -q)" "$(taskctl projects -q)"
	taskctl "done" 3
	equals "$(taskctl projects -q | paste -s -d ' ')" "home home.garden"
	equals "$(taskctl projects -q --all | paste -s -d ' ')" "home home.garden work"
}

@test "a project is renamed with what lies below it, and merged" {
	some_tasks
	equals "$(taskctl project rename home work)" "Moved task 1: one
Moved task 2: two"
	equals "$(taskctl show 1 --format '{project}')" work.garden
	equals "$(taskctl projects -q | paste -s -d ' ')" "work work.garden"
	run --separate-stderr -1 taskctl project rename wrok x
	has "$stderr" 'did you mean `work`'
	run --separate-stderr -2 taskctl project rename work
	run --separate-stderr -2 taskctl project rename work house </dev/null
	has "$stderr" "3 tasks"
	equals "$(taskctl project rename work house --yes -q; taskctl projects -q | head -n 1)" house
}

@test "a tag is renamed" {
	some_tasks
	taskctl tag rename aa bb
	equals "$(taskctl tags -q)" bb
	equals "$(taskctl show 3 --json=tags)" '{"tags":["bb"]}'
}

@test "the summary says how far each project is" {
	some_tasks
	run --separate-stderr -0 taskctl summary
	has "$output" "50%  ██████████░░░░░░░░░░"
	has "$(LC_ALL=C taskctl summary)" "50%  ##########.........."
	has "$output" $'\n  garden     1'
	has "$(taskctl summary --plain)" $'home.garden\t1\t0'
	taskctl summary --svg summary.svg 2>said
	has "$(cat summary.svg)" "home.garden"
	has "$output" "(none)"
	equals "$(taskctl report summary)" "$output"
	has_not "$(taskctl summary project:home)" work
}

@test "the timesheet sums up what was worked" {
	taskctl add -q one project:book
	run --separate-stderr -0 taskctl timesheet
	has "$stderr" "taskctl start"
	taskctl start 1
	until_true sh -c 'taskctl timesheet --json | jq -e ".total > 0" >/dev/null'
	taskctl stop 1
	equals "$(taskctl timesheet --json | jq -c '[.by, .rows[0].id, .rows[0].project]')" '["task",1,"book"]'
	equals "$(taskctl timesheet --by project | awk 'NR == 2 { print $1 }')" book
	equals "$(taskctl timesheet --by day --from today | awk 'NR == 2 { print $1 }')" "$(date +%F)"
	equals "$(taskctl timesheet --to yesterday)" ""
	has "$(taskctl show 1)" "Spent  "
	run --separate-stderr -2 taskctl timesheet --by week
	has "$stderr" "task, project or day"
}

@test "a summary of nothing says so" {
	run --separate-stderr -0 taskctl summary
	equals "$output" ""
	has "$stderr" "No task matches."
}
