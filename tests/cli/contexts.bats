#!/usr/bin/env bats
# Being in a context: what is shown, changed and added there.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home && sign_up
	taskctl add -q home project:home +xx
	taskctl add -q work project:work +xx
	taskctl context set -q work project:work --write project:work --write +office
}
teardown() { remove_home; }

@test "a context is kept, listed, shown and deleted" {
	taskctl context set calm -f '-office'
	equals "$(taskctl context -q | paste -s -d ' ')" "calm work"
	equals "$(taskctl context list)" "$(taskctl context)"
	has "$(taskctl context show work)" "project:work +office"
	equals "$(taskctl context list --json | jq -c '.[1].write')" '{"project":"work","tags":["office"]}'
	taskctl context delete calm
	equals "$(taskctl context -q)" work
	run --separate-stderr -1 taskctl context use wrok
	has "$stderr" 'did you mean `work`'
	run --separate-stderr -2 taskctl context set none project:x
	run --separate-stderr -2 taskctl context set bad project:x --write hello
	has "$stderr" "quick word"
}

@test "lists show what the context shows, and say so" {
	taskctl context use work
	run --separate-stderr -0 taskctl list
	has "$output" work
	has_not "$output" home
	has "$stderr" "Context work"
	run --separate-stderr -0 taskctl list -q
	equals "$output" 2
	equals "$stderr" ""
	has "$(taskctl context)" "*  work"
	taskctl context use none
	run --separate-stderr -0 taskctl list -q
	equals "$output" "1
2"
}

@test "a search finds what the context shows, and says so" {
	taskctl context use -q work
	taskctl add -q "more work"
	taskctl add -q "most work"
	run --separate-stderr -0 taskctl search '*o*' -q
	equals "$output" ""
	run --separate-stderr -0 taskctl search work
	has "$output" "more work"
	has "$stderr" "Context work"
	equals "$(taskctl search ho -q)" ""
	equals "$(taskctl search wo -q | sort | paste -s -d ' ')" "2 3 4"
	equals "$(taskctl search -f id:1 ho -q)" 1
	equals "$(taskctl context use -q none; taskctl search ho -q)" 1
}

@test "ids name tasks wherever they are" {
	taskctl context use -q work
	run --separate-stderr -0 taskctl list 1
	has "$output" home
	equals "$stderr" ""
	equals "$(taskctl show 1 -q)" 1
	equals "$(taskctl "done" 1)" "Completed task 1: home"
}

@test "a change by a filter is confined to the context" {
	taskctl context use -q work
	equals "$(taskctl "done" -f +xx --yes 2>/dev/null)" "Completed task 2: work"
	run --separate-stderr -1 taskctl "done" -f "project:home or project:house" --yes
	equals "$(taskctl context use -q none; taskctl list -q)" 1
}

@test "a new task gets what the context writes, and no word of it in its title" {
	taskctl context use -q work
	taskctl add -q "Write" +draft
	equals "$(taskctl show 3 --format '{title}|{project}|{tags}')" "Write|work|draft,office"
	taskctl add -q "Write" project:home
	equals "$(taskctl show 4 --format '{project}')" home
}

@test "the environment goes over what was chosen" {
	taskctl context use -q work
	equals "$(TASKCTL_CONTEXT=none taskctl list -q | paste -s -d ' ')" "1 2"
	equals "$(TASKCTL_CONTEXT='' taskctl list -q | paste -s -d ' ')" "1 2"
	taskctl context use -q none
	equals "$(TASKCTL_CONTEXT=work taskctl list -q)" 2
	run --separate-stderr -1 env TASKCTL_CONTEXT=wrok taskctl list
	has "$stderr" "taskctl context use none"
}

@test "a token of the environment is in no context that was chosen" {
	taskctl context use -q work
	TASKCTL_TOKEN=$(taskctl token)
	export TASKCTL_TOKEN
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
	run --separate-stderr -2 taskctl context use work
	has "$stderr" "TASKCTL_CONTEXT=work"
}

@test "each login has a context of its own" {
	taskctl context use -q work
	sign_up bob@example.com
	equals "$(taskctl context show 2>&1)" "No context is active."
	taskctl add -q "bob's own"
	equals "$(taskctl list -q)" 1
	equals "$(taskctl --account ann@example.com list -q)" 2
}

@test "a context that is deleted is left, and one that went meanwhile says how" {
	taskctl context use -q work
	run --separate-stderr -0 taskctl context delete work
	has "$stderr" "No context is active any more"
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
	taskctl context set -q work project:work
	taskctl context use -q work
	cp "$config/contexts.json" kept
	taskctl context delete -q work
	cp kept "$config/contexts.json"
	run --separate-stderr -1 taskctl list
	has "$stderr" "taskctl context use none"
	taskctl context use none
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
}

@test "a damaged file says what to do" {
	echo '{' >"$config/contexts.json"
	run --separate-stderr taskctl list
	[ "$status" -ne 0 ]
	has "$stderr" "contexts.json"
	has "$stderr" "remove that file"
}
