#!/usr/bin/env bats
# What completion asks for: values from the daemon, quickly, and never a word when there are none.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() { remove_home; }

# offers WORD…: the values for the last word, without what they are.
offers() { taskctl complete -- "$@" | cut -f 1 | paste -s -d ' '; }

@test "who is not logged in is offered nothing, and no daemon is started" {
	run --separate-stderr -0 taskctl complete -- "done" ""
	equals "$output$stderr" ""
	run --separate-stderr -0 taskctl complete -- --account ""
	equals "$output$stderr" ""
	[ ! -e "$data" ]
	sign_up
	taskctl add -q one
	taskctl daemon stop >said
	run --separate-stderr -0 taskctl complete -- "done" ""
	equals "$output$stderr" ""
	run ! taskctl daemon status
	run --separate-stderr -0 taskctl complete
	equals "$output$stderr" ""
}

@test "ids come with titles, open ones or closed ones" {
	sign_up
	for number in $(seq 12); do taskctl add -q "task $number"; done >said
	taskctl modify 5 pri:H title >said
	taskctl modify 7 wait:2040-01-01 >said
	taskctl "done" 12 >said
	equals "$(taskctl complete -- "done" "" | head -n 1)" $'5\ttitle'
	equals "$(offers "done" 1)" "1 10 11"
	equals "$(offers "done" 3,1)" "3,1 3,10 3,11"
	equals "$(offers "done" 7)" 7
	equals "$(offers restore "")" 12
	equals "$(offers modify 3 depends:1)" "depends:1 depends:10 depends:11"
	equals "$(offers get 1)" "1. 10. 11."
	equals "$(offers get 1.due)" "1.due"
	equals "$(offers "done" x)" ""
}

@test "projects, tags, reports, contexts, fields and logins are offered by their names" {
	sign_up
	taskctl add -q one project:home.garden +shop +sport
	taskctl report define week due.before:eow 2>said
	taskctl context set work project:work 2>said
	taskctl field define size number 2>said
	equals "$(offers list project:ho)" "project:home project:home.garden"
	equals "$(offers add --project=home.)" "--project=home.garden"
	equals "$(offers list +s)" "+shop +sport"
	equals "$(offers list -sh)" "-shop"
	equals "$(offers report we)" week
	equals "$(offers context use "")" "work none"
	equals "$(offers add --set s)" "size="
	equals "$(offers list siz)" "size:"
	equals "$(offers auth switch "")" "ann@example.com"
	has_not "$(taskctl complete -- "")" $'complete\t'
	has_not "$(taskctl help)" "complete "
}

@test "a title with control characters cannot reach the terminal" {
	sign_up
	taskctl add -q "$(printf 'a\xe2\x80\xaeb')"
	equals "$(taskctl complete -- "done" 1)" $'1\ta�b'
}

@test "the script of a shell that is not known is refused" {
	run --separate-stderr -2 taskctl completion tcsh
	has "$stderr" "bash, fish and zsh"
	run --separate-stderr -2 taskctl completion
	has "$(taskctl completion bash)" "complete -o nosort -F _taskctl taskctl"
}
