#!/usr/bin/env bats
# Commands of one's own.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() { remove_home; }

@test "an alias is made, listed, changed and deleted" {
	run --separate-stderr -0 taskctl alias
	has "$stderr" "taskctl alias set today"
	run --separate-stderr -0 taskctl alias set today 'list due:today'
	has "$stderr" "taskctl list due:today"
	has "$(taskctl alias)" "list due:today"
	taskctl alias set -q today "list 'due:today or +x'"
	equals "$(taskctl alias list --json)" '[{"name":"today","words":"list '"'due:today or +x'"'"}]'
	equals "$(taskctl config get alias.today)" "list 'due:today or +x'"
	run --separate-stderr -1 taskctl alias delete tody
	has "$stderr" 'did you mean `today`'
	run --separate-stderr -0 taskctl alias delete today
	again=${stderr#*To have it back: }
	eval "$again"
	equals "$(taskctl alias -q)" today
	equals "$(taskctl config get alias.today)" "list 'due:today or +x'"
}

@test "an alias stands for its words, and more may follow" {
	sign_up
	taskctl alias set -q shop 'list project:home +shop'
	taskctl alias set -q new "add project:home '+shop' --"
	taskctl new "Buy -x milk" -q
	equals "$(taskctl list --format '{title}|{project}|{tags}')" "Buy -x milk -q|home|shop"
	taskctl add -q other project:home
	equals "$(taskctl shop -q)" 1
	equals "$(taskctl --json=id shop | jq -c .)" '[{"id":1}]'
	equals "$(taskctl -q shop pri:H)" ""
	taskctl alias set -q sh 'shop -q'
	equals "$(taskctl sh)" 1
	taskctl alias set -q ctx context
	taskctl alias set -q go 'ctx use'
	taskctl context set -q work project:work
	taskctl go -q work
	equals "$(taskctl ctx show -q)" work
}

@test "an alias hides no command, and does not lead back to itself" {
	for name in list context config alias; do
		run --separate-stderr -2 taskctl alias set "$name" next
		has "$stderr" "never hides"
	done
	run --separate-stderr -2 taskctl alias set a 'a x'
	has "$stderr" "leads back to itself"
	run --separate-stderr -2 taskctl alias set a b
	has "$stderr" 'no command `b`'
	taskctl alias set -q a list
	taskctl alias set -q b a
	run --separate-stderr -2 taskctl alias set a b
	has "$stderr" "leads back to itself"
	for name in A 1a a.b "a b" -- ""; do
		run --separate-stderr -2 taskctl alias set "$name" list
	done
	run --separate-stderr -2 taskctl alias set open "list 'x"
	has "$stderr" "left open"
	run --separate-stderr -2 taskctl alias set two list all
	has "$stderr" "in quotes"
	equals "$(taskctl alias -q | paste -s -d ' ')" "a b"
}

@test "a file that was written by hand is taken as it is meant" {
	mkdir -p "$config"
	printf 'alias.list = version\nalias.x = y\nalias.y = x\nalias.gone = nothing\n' >"$config/config"
	run --separate-stderr -4 taskctl list
	run --separate-stderr -2 taskctl x
	has "$stderr" "leads back to itself"
	has "$stderr" "taskctl alias delete x"
	run --separate-stderr -2 taskctl gone
	has "$stderr" 'no command `nothing`'
}

@test "a slip of an alias is met with it" {
	taskctl alias set -q yesterday 'list due:yesterday'
	run --separate-stderr -2 taskctl yesterady
	has "$stderr" 'did you mean your alias `yesterday`'
	run --separate-stderr -2 taskctl lst
	has "$stderr" 'did you mean `list`'
}

@test "help says what an alias stands for" {
	taskctl alias set -q today 'list due:today'
	has "$(taskctl help today)" "taskctl list due:today"
	run --separate-stderr -2 taskctl help nothing
}
