#!/usr/bin/env bats
# What tasks say: words at the ends of titles, notes, and tasks that begin as others are.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "append and prepend put words to titles, of several in one step" {
	for title in milk bread salt; do taskctl add -q "$title" project:shop; done
	equals "$(taskctl append 1 2 litres project:x)" "Changed task 1: milk 2 litres project:x"
	equals "$(taskctl prepend 1 Buy)" "Changed task 1: Buy milk 2 litres project:x"
	run --separate-stderr -2 taskctl append -f project:shop now </dev/null
	has "$stderr" "--yes"
	taskctl append -f project:shop --yes now
	equals "$(taskctl list --format '{title}' | paste -s -d ,)" "Buy milk 2 litres project:x now,bread now,salt now"
	taskctl undo
	equals "$(taskctl show 3 --format '{title}')" salt
	equals "$(taskctl prepend 1,2 --dry-run -- --Now)" "Would change task 1: --Now Buy milk 2 litres project:x
Would change task 2: --Now bread"
	equals "$(taskctl show 2 --format '{title}')" bread
}

@test "what cannot be put to a title is refused, and nothing is changed" {
	taskctl add -q milk
	taskctl add -q "$(printf '%01000d' 0)"
	run --separate-stderr -2 taskctl append 1
	has "$stderr" "the text is missing"
	run --separate-stderr -2 taskctl append Buy
	has "$stderr" "which tasks"
	run --separate-stderr -2 taskctl append 1 ""
	run --separate-stderr -2 taskctl append 1 "$(printf 'two\nlines')"
	run --separate-stderr -2 taskctl append 1,2 "$(printf '%030d' 0)"
	has "$stderr" "the title of task 2 would be longer than 1024 bytes"
	equals "$(taskctl show 1 --format '{title}')" milk
	run --separate-stderr -1 taskctl prepend 7 Buy
}

@test "duplicate adds a task like another, pending, with changes" {
	taskctl add -q "Pay the rent" project:home +money pri:H due:2101-05-04 wait:2101-05-01 note:x --note "By transfer"
	taskctl annotate 1 "Asked for the number"
	taskctl start 1
	taskctl "done" 1
	equals "$(taskctl duplicate 1)" "Added task 2: Pay the rent note:x"
	fields=title,project,tags,priority,due,wait,note,annotations
	equals "$(taskctl show 1 --json=$fields)" "$(taskctl show 2 --json=$fields)"
	equals "$(taskctl show 2 --json=status,started,completed,spent,version)" '{"status":"pending","started":null,"completed":null,"spent":null,"version":1}'
	equals "$(taskctl duplicate -q 1 Pay the tax due:due+1wk -money +tax)" 3
	equals "$(taskctl show 3 --format '{title} {due} {tags} {project}')" "Pay the tax 2101-05-11T23:59:59Z tax home"
	equals "$(taskctl duplicate 3 --dry-run)" "Would add: Pay the tax"
	equals "$(taskctl list -q --all | wc -l)" 3
}

@test "several duplicates are one step, and their ids are printed" {
	taskctl add -q whole
	taskctl add -q one parent:1 +a
	taskctl add -q two parent:1 +a depends:2
	equals "$(taskctl duplicate -q 2-3 +bb | paste -s -d ' ')" "4 5"
	equals "$(taskctl show 5 --json=parent,depends,tags)" '{"parent":1,"depends":[2],"tags":["a","bb"]}'
	equals "$(taskctl show 1 --format '{children}')" 0/4
	run --separate-stderr -2 taskctl duplicate -f +a </dev/null
	has "$stderr" "--yes"
	equals "$(taskctl duplicate -f +a --yes | head -n 1)" "Added task 6: one"
	equals "$(taskctl list -q +a | wc -l)" 8
	taskctl undo 2
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2 3"
	equals "$(taskctl show 1 --format '{children}')" 0/2
}

@test "a task of a series is duplicated as one that stands alone, the series itself is not" {
	taskctl add -q "Water the plants" due:2101-05-04 recur:weekly
	id=$(taskctl list -q)
	taskctl duplicate -q "$id" >new
	equals "$(taskctl show "$(cat new)" --json=title,due,series,recur)" '{"title":"Water the plants","due":"2101-05-04T23:59:59Z","series":null,"recur":null}'
	run --separate-stderr -3 taskctl duplicate "$(taskctl series -q | head -n 1)"
	has "$stderr" "is a series"
	has "$stderr" "one of its tasks"
	run --separate-stderr -2 taskctl duplicate "$id" recur:daily
	has "$stderr" "taskctl add"
}

@test "note prints a note, sets it from words and from standard input, and takes it off" {
	taskctl add -q one
	run --separate-stderr -0 taskctl note 1
	equals "$output" ""
	equals "$stderr" "Task 1 has no note."
	equals "$(taskctl note 1 Ring twice +x)" "Changed task 1: one"
	equals "$(taskctl note 1)" "Ring twice +x"
	printf '# Way\n\n\tleft\n' | taskctl note 1 -
	equals "$(taskctl show 1 --json | jq -r .note)" "$(printf '# Way\n\n\tleft')"
	taskctl note 1 >before
	taskctl note 1 | taskctl note 1 -
	taskctl note 1 | cmp - before
	taskctl note 1 -- -
	equals "$(taskctl note 1)" -
	equals "$(taskctl note 1 --json=note)" '{"note":"-"}'
	taskctl note 1 ""
	equals "$(taskctl show 1 --json=note)" '{"note":null}'
	taskctl undo
	equals "$(taskctl note 1)" -
}

@test "a note that cannot be is refused, and the old one stays" {
	taskctl add -q one --note old
	head -c 262146 /dev/zero | tr '\0' x >long
	run --separate-stderr -2 taskctl note 1 - <long
	has "$stderr" "256 KiB"
	printf '\xff' >bytes
	run --separate-stderr -2 taskctl note 1 - <bytes
	has "$stderr" "UTF-8"
	printf 'a\033[2Jb' >control
	run --separate-stderr -2 taskctl note 1 - <control
	run --separate-stderr -2 taskctl note
	has "$stderr" "which task"
	run --separate-stderr -2 taskctl note 1-3
	run --separate-stderr -1 taskctl note 7
	equals "$(taskctl note 1)" old
	equals "$(taskctl note 1 new --dry-run)" "Would change task 1: one"
	equals "$(taskctl note 1)" old
}
