#!/usr/bin/env bats
# What a task can have: times, tasks before it and below it, remarks, fields of one's own.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "quick words and options say the same of the other times" {
	taskctl add -q one sched:2101-05-01 until:2101-06-01
	taskctl add -q one --scheduled 2101-05-01 --until 2101-06-01
	equals "$(taskctl show 1 --json=scheduled,until)" "$(taskctl show 2 --json=scheduled,until)"
	equals "$(taskctl show 1 --format '{scheduled} {until}')" "2101-05-01T00:00:00Z 2101-06-01T23:59:59Z"
	taskctl modify 1 until: scheduled:
	equals "$(taskctl show 1 --format '{scheduled}{until}')" ""
}

@test "what comes before a task is put on, taken off, replaced and cleared" {
	for title in one two three four; do taskctl add -q $title; done
	taskctl modify 4 depends:1-2
	equals "$(taskctl show 4 --format '{depends} {blocked}')" "1,2 yes"
	taskctl modify 4 depends:3,-1
	equals "$(taskctl show 4 --format '{depends}')" 2,3
	taskctl modify 4 depends: depends:1
	equals "$(taskctl show 4 --format '{depends}')" 1
	has "$(taskctl list 4)" blocked
	run --separate-stderr -3 taskctl modify 1 dep:4
	has "$stderr" "1 → 4 → 1"
	taskctl modify 4 depends:
	equals "$(taskctl show 4 --format '{depends}{blocked}')" ""
	equals "$(taskctl add -q five --depends 1,2)" 5
	equals "$(taskctl show 5 --json=depends)" '{"depends":[1,2]}'
	run --separate-stderr -2 taskctl add six depends:-1
	run --separate-stderr -2 taskctl modify 4 depends:milk
	has "$stderr" "ids such as 3"
}

@test "a parent with open children is not completed unasked" {
	taskctl add -q whole
	taskctl add -q one parent:1
	taskctl add -q two --parent 1
	equals "$(taskctl show 1 --format '{children}')" 0/2
	has "$(taskctl show 2)" "Parent      1"
	run --separate-stderr -3 taskctl "done" 1 </dev/null
	has "$stderr" "2 open children (2, 3)"
	has "$stderr" "--with-children"
	has_not "$stderr" "children must"
	taskctl "done" 1 --keep-children
	equals "$(taskctl list -q | paste -s -d ' ')" "2 3"
	taskctl restore 1
	taskctl "done" 1 --with-children
	equals "$(taskctl list -q)" ""
}

@test "a parent with open children is not deleted unasked either" {
	taskctl add -q whole
	taskctl add -q one parent:1
	run --separate-stderr -3 taskctl delete 1 </dev/null
	has "$stderr" "--keep-children"
	taskctl delete 1 --with-children
	equals "$(taskctl list -q status:deleted | paste -s -d ' ')" "1 2"
}

@test "remarks are put on a task and taken off by a part of their text" {
	taskctl add -q one
	equals "$(taskctl annotate 1 5 called, -nobody there)" "Annotated task 1: one"
	taskctl annotate 1 "Called again"
	equals "$(taskctl show 1 --format '{annotations}')" "5 called, -nobody there; Called again"
	has "$(taskctl show 1)" "Called again"
	run --separate-stderr -3 taskctl denotate 1 alled
	taskctl denotate 1 again
	equals "$(taskctl show 1 --json | jq -c '[.annotations[].text]')" '["5 called, -nobody there"]'
	run --separate-stderr -2 taskctl annotate 1
	has "$stderr" "the text is missing"
	run --separate-stderr -2 taskctl annotate Called
	has "$stderr" "which tasks"
}

@test "fields of one's own are defined, set, shown, cleared and deleted" {
	taskctl field define cost number --label "What it costs"
	taskctl field define size string --choices S,M,L
	equals "$(taskctl field -q | paste -s -d ' ')" "cost size"
	equals "$(taskctl field list --json | jq -c '.[1].choices')" '["S","M","L"]'
	taskctl add -q Printer --set cost=120.50 --set size=M
	equals "$(taskctl show 1 --format '{fields.cost} {fields}')" "120.5 cost=120.5,size=M"
	has "$(taskctl show 1)" "cost        120.5"
	equals "$(taskctl list --json=fields.size)" '[{"fields.size":"M"}]'
	run --separate-stderr -2 taskctl modify 1 --set size=XL
	has "$stderr" "S, M, L"
	run --separate-stderr -2 taskctl modify 1 --set siez=M
	has "$stderr" "did you mean size"
	run --separate-stderr -2 taskctl modify 1 --set size
	has "$stderr" "NAME=VALUE"
	run --separate-stderr -3 taskctl field delete size
	has "$stderr" "1 task, counting those in the bin, has a value of size"
	taskctl modify 1 --set size=
	taskctl field delete size
	equals "$(taskctl field -q)" cost
}

@test "fields of one's own read like those of every task, under their labels" {
	taskctl field define cost number --label "What it costs"
	taskctl field define effort duration
	taskctl field define bought date
	taskctl add -q Printer --set cost=120.50 --set effort=90min --set bought=2101-05-04
	taskctl add -q Paper --set cost=5
	has "$(taskctl show 1)" "bought      2101-05-04 00:00"
	has "$(taskctl show 1)" "effort      1h 30min"
	equals "$(taskctl show 1 --format '{fields.bought} {fields.effort}')" "2101-05-04T00:00:00Z PT5400S"
	taskctl report define own --columns id,cost,effort,title --sort id+
	equals "$(taskctl report own)" "ID  What it costs  effort    Title
 1          120.5  1h 30min  Printer
 2              5            Paper"
}

@test "a word with a colon that is no field of every task stays title" {
	taskctl field define cost number
	taskctl add -q Printer cost:5 set:size=3
	equals "$(taskctl show 1 --format '{title}')" "Printer cost:5 set:size=3"
}
