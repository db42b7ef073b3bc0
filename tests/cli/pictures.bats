#!/usr/bin/env bats
# What became of the tasks: burned down, by months, in numbers.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

# Three tasks of the first of this month, one of them done on that day.
make_tasks() {
	local first
	first=$(date -u +%Y-%m-01T00:00:00Z)
	cat >tasks.jsonl <<-END
		{"title":"one","project":"home","created":"$first"}
		{"title":"two","created":"$first"}
		{"title":"three","created":"$first","status":"completed","completed":"$first"}
	END
	taskctl import -q --from jsonl tasks.jsonl
}

@test "a burndown stacks what is open on what is done" {
	make_tasks
	run --separate-stderr -0 taskctl burndown monthly
	has "$output" "Burndown"
	has "$output" "██ pending   ▓▓ started   ░░ done"
	has "$output" "$(date -u +%Y-%m)"
	has "$output" "A day: "
	has_not "$output" $'\e'
	[ "$(COLUMNS=40 taskctl burndown | wc -L)" -le 40 ]
	has "$(LC_ALL=C taskctl burndown monthly)" "## pending   ++ started   .. done"
	has "$(taskctl burndown monthly --color=always)" $'\e['
	equals "$(taskctl burndown monthly --plain | tail -n 1)" "$(date -u +%Y-%m-01)"$'\t2\t0\t1'
	equals "$(taskctl burndown monthly project:home --plain | tail -n 1)" "$(date -u +%Y-%m-01)"$'\t1\t0\t0'
	run --separate-stderr -2 taskctl burndown dayly
	has "$stderr" "daily"
	run --separate-stderr -2 taskctl burndown yearly
}

@test "the history is drawn by months, and in years" {
	make_tasks
	has "$(taskctl history --chart)" "██ added   ▓▓ done   ░░ deleted"
	equals "$(taskctl history --chart yearly --plain | tail -n 1)" "$(date -u +%Y-01-01)"$'\t3\t1\t0'
	has "$(taskctl history)" "import"
	run --separate-stderr -2 taskctl history --svg x.svg
	has "$stderr" "taskctl history --chart"
}

@test "the numbers are those of the tasks" {
	make_tasks
	run --separate-stderr -0 taskctl stats
	has "$output" "Tasks             3"
	has "$output" "Completed         1"
	equals "$(taskctl stats --json project:home | "$JSON_CHECK" && taskctl stats --json project:home | grep -o '"total":[0-9]*')" '"total":1'
	taskctl context set home project:home >said
	taskctl context use home 2>said
	has "$(taskctl stats 2>said)" "Tasks             1"
}

@test "pictures are well-formed files" {
	make_tasks
	taskctl burndown --svg burndown.svg 2>said
	taskctl history --chart --svg history.svg 2>said
	has "$(cat burndown.svg)" "At that rate"
	has "$(cat history.svg)" ">added</text>"
	! command -v xmllint >found || xmllint --noout burndown.svg history.svg
}

@test "where there is nothing, nothing is drawn, and it is said" {
	run --separate-stderr -0 taskctl burndown
	equals "$output" ""
	has "$stderr" "taskctl add"
}
