#!/usr/bin/env bats
# Searching.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "what was just added is found, the best first" {
	taskctl add -q "Call the dentist" --note "about milk teeth"
	taskctl add -q "Buy milk and bread" project:home
	taskctl add -q "Milk" +shop
	equals "$(taskctl search milk -q)" "3
2
1"
	equals "$(taskctl search MILK bre -q)" 2
	equals "$(taskctl search -q milk -bread -teeth)" 3
	equals "$(taskctl search '"milk and"' -q)" 2
	equals "$(taskctl search -q 'mil* bread')" 2
	equals "$(taskctl search -f project:home milk --format '{title}')" "Buy milk and bread"
	equals "$(taskctl search milk --limit 1 --json=id)" '[{"id":3}]'
	has "$(taskctl search bread)" "Buy milk and bread"
}

@test "a word is found in any script" {
	taskctl add -q "我要买牛奶回家"
	taskctl add -q "Crème brûlée"
	taskctl add -q "Купить молоко"
	equals "$(taskctl search 牛奶 -q)" 1
	equals "$(taskctl search 奶 -q)" 1
	equals "$(taskctl search creme -q)" 2
	equals "$(taskctl search МОЛОКО -q)" 3
}

@test "what is done is found with --all" {
	taskctl add -q "Buy milk"
	taskctl done 1
	run --separate-stderr taskctl search milk
	equals "$status" 0
	equals "$output" ""
	has "$stderr" "--all"
	equals "$(taskctl search milk --all -q)" 1
	equals "$(taskctl search milk -f status:completed -q)" 1
}

@test "a search without a word is refused" {
	run --separate-stderr -2 taskctl search
	has "$stderr" "taskctl help search"
	run --separate-stderr -2 taskctl search '***'
	has "$stderr" "no word"
	run --separate-stderr -2 taskctl search milk -f nonsense:1
	has "$stderr" "nonsense"
}
