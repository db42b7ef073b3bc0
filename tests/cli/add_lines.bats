#!/usr/bin/env bats
# Tasks from standard input, one a line.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

lines() { printf '%s\n' "$@"; }

@test "each line is a task, and what stands behind the dash holds for all" {
	run --separate-stderr -0 bash -c 'printf "Buy bread +shop\n\n  \nPaint the door due:2030-05-04 project:house\r\nlast" | taskctl add - project:home +today'
	equals "$output" $'Added task 1: Buy bread\nAdded task 2: Paint the door\nAdded task 3: last'
	equals "$stderr" "To take it back: taskctl undo"
	equals "$(taskctl get 1.tags 1.project 2.project 2.due 3.tags)" $'shop,today\nhome\nhouse\n2030-05-04T23:59:59Z\ntoday'
	taskctl undo
	equals "$(taskctl count --all)" 0
}

@test "a thousand lines are a step, and undo takes all of them" {
	seq 1 2500 | taskctl add - >said 2>told
	equals "$(cat said)" "Added 2500 tasks, 1 to 2500."
	equals "$(cat told)" "To take it back: taskctl undo 3"
	taskctl undo 3 >said
	equals "$(taskctl count --all)" 0
}

@test "every mistake of a thousand is told by its line, and none of it is added" {
	lines fine 'bad due:blah' good 'deu:x' 'pri:Q thing' >input
	run --separate-stderr -2 taskctl add - <input
	equals "$output" ""
	has "$stderr" "line 2: due: "
	has "$stderr" "line 4: "
	has "$stderr" "line 5: "
	has "$stderr" "none of the lines 1 to 5 was added: 3 of them cannot be"
	has "$stderr" "taskctl add - --partial"
	equals "$(taskctl count --all)" 0
	run --separate-stderr -2 taskctl add - --partial -q <input
	equals "$output" $'1\n2'
	has "$stderr" "3 of 5 lines were left out"
	equals "$(taskctl list --format '{title}')" $'fine\ngood'
}

@test "each of a thousand mistakes is told" {
	seq 1 1000 | sed 's/$/ pri:Q/' >input
	echo never due:blah >>input
	run --separate-stderr -2 taskctl add - <input
	equals "$(grep -c '^line [0-9]*: priority' <<<"$stderr")" 1000
	has_not "$stderr" "line 1001"
	sed -i 's/ pri:Q/ deu:x/' input
	run --separate-stderr -2 taskctl add - <input
	equals "$(grep -c '^line [0-9]*: ' <<<"$stderr")" 1000
}

@test "a line that cannot be added is no reason to wait for another" {
	mkfifo pipe
	taskctl add - <pipe 2>told 3>&- &
	exec 9>pipe
	echo deu:x >&9
	# It ends by itself, while the pipe is still open.
	status=0
	wait $! || status=$?
	exec 9>&-
	equals "$status" 2
	has "$(cat told)" "none of the lines 1 to 1 was added"
}

@test "what stands before a thousand with a mistake stays, and how to go on is said" {
	{ seq 1 1000; lines 'x due:blah' y; } >input
	run --separate-stderr -2 taskctl add - <input
	equals "$output" "Added 1000 tasks, 1 to 1000."
	has "$stderr" "line 1001: "
	has "$stderr" "tail -n +1001 FILE | taskctl add -"
	tail -n +1002 input | taskctl add - -q >said
	equals "$(taskctl count)" 1001
}

@test "what is no text is told by its line" {
	printf 'a\0b\n\xff\xfe\nfine\n' >input
	run --separate-stderr -2 taskctl add - <input
	has "$stderr" "line 1: holds a NUL byte"
	has "$stderr" "line 2: is not UTF-8"
	head -c 70000 /dev/zero | tr '\0' x >input
	run --separate-stderr -2 taskctl add - <input
	has "$stderr" "line 1: is longer than 64 KiB"
	run --separate-stderr -1 taskctl add - </dev/null
	run --separate-stderr -2 taskctl add - a title </dev/null
	equals "$(taskctl count --all)" 0
}

@test "lines that wait for more are added meanwhile" {
	mkfifo pipe
	taskctl add - -q <pipe >ids 3>&- &
	exec 9>pipe
	echo one >&9
	until_true test -s ids
	equals "$(taskctl list --format '{title}')" one
	echo two >&9
	exec 9>&-
	wait $!
	equals "$(cat ids)" $'1\n2'
}

@test "with --verbatim a line is a title whatever is in it, and a dash behind -- is one" {
	lines 'deu:x +y -z pri:H' | taskctl add - --verbatim -q >said
	equals "$(taskctl get 1.priority 1.title)" $'\ndeu:x +y -z pri:H'
	taskctl add -q -- - >said
	equals "$(taskctl get 2.title)" -
	taskctl add -q Buy milk - two litres >said
	equals "$(taskctl get 3.title)" "Buy milk - two litres"
}

@test "objects, rows and templates are printed as of other commands, and a rehearsal adds nothing" {
	equals "$(lines one two | taskctl add - --json=id,title)" $'[{"id":1,"title":"one"},\n{"id":2,"title":"two"}]'
	equals "$(lines three | taskctl add - --format '{id}: {title}')" "3: three"
	equals "$(lines four | taskctl add - --dry-run 2>&1)" "Would add: four"
	equals "$(taskctl count --all)" 3
}

@test "a long note for every line makes smaller steps, and none is lost" {
	seq 1 100 | taskctl add - -q --note "$(head -c 30000 /dev/zero | tr '\0' n)" >ids
	equals "$(wc -l <ids)" 100
	equals "$(taskctl count)" 100
}
