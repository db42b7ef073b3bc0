#!/usr/bin/env bats
# The daemon that starts by itself.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() { remove_home; }

socket() { printf '%s\n' "$XDG_RUNTIME_DIR/taskd/taskd.sock"; }

@test "start, status and stop" {
	run --separate-stderr -5 taskctl daemon status
	equals "$output" ""
	has "$stderr" "$(socket)"
	taskctl daemon start
	run -0 taskctl daemon status
	has "$output" "$(socket)"
	taskctl daemon status --json | jq -e --arg data "$data" '.pid > 1 and .data == $data and (.instance | startswith("taskd:"))'
	taskctl daemon stop
	run -5 taskctl daemon status
	taskctl daemon stop
	run --separate-stderr -2 taskctl daemon dance
}

@test "the folders and the socket are the owner's alone" {
	taskctl daemon start
	equals "$(stat -c %a "$data" "$XDG_RUNTIME_DIR/taskd" "$(socket)" "$data/taskd.db" "$data/keys.json" | paste -s -d ' ')" \
		"700 700 600 600 600"
}

@test "a command substitution returns although it started the daemon" {
	sign_up
	taskctl daemon stop -q
	id=$(timeout 30 taskctl add -q "Buy milk")
	equals "$id" 1
	taskctl daemon status
}

@test "what starts the daemon leaves it nothing to hold" {
	sign_up
	taskctl daemon stop -q
	mkdir there && cd there
	taskctl list 2>/dev/null
	pid=$(cat "$data/taskd.lock")
	equals "$(readlink "/proc/$pid/cwd")" /
	equals "$(readlink "/proc/$pid/fd/0")" /dev/null
	equals "$(readlink "/proc/$pid/fd/1")" "$data/taskd.log"
	has_not "$(readlink "/proc/$pid"/fd/*)" "$scratch/there"
	[ "$(ps -o sid= -p "$pid" | tr -d ' ')" = "$pid" ]
}

# In cron's environment, and who answers: in a session's, or behind `cron`.
cron() { env -i HOME="$HOME" PATH=/usr/bin:/bin "$@"; }
who_answers() { "$@" "$scratch/bin/taskctl" daemon status --json | jq .pid; }

@test "cron's empty environment finds the daemon that runs" {
	sign_up
	pid=$(who_answers)
	cron "$scratch/bin/taskctl" add -q "Weekly review"
	equals "$(taskctl list -q)" 1
	equals "$(who_answers cron)" "$pid"
	equals "$(who_answers)" "$pid"
}

@test "cron's empty environment starts the daemon, and a session finds it" {
	sign_up
	before=$(who_answers)
	taskctl daemon stop -q
	cron "$scratch/bin/taskctl" add -q "Weekly review"
	pid=$(who_answers cron)
	[ "$pid" != "$before" ]
	equals "$(taskctl list -q)" 1
	equals "$(who_answers)" "$pid"
}

@test "a note of the socket that cannot be written keeps nobody from the tasks" {
	sign_up
	taskctl daemon stop -q
	mkdir "$data/taskd.socket-path.new"
	taskctl add -q "Buy milk"
	has "$(cat "$data/taskd.log")" "warning"
}

@test "a stale socket is taken over" {
	sign_up
	kill -9 "$(cat "$data/taskd.lock")"
	[ -S "$(socket)" ]
	equals "$(taskctl whoami)" ann@example.com
}

@test "a restart in between is not seen" {
	sign_up
	taskctl add -q one
	kill -9 "$(cat "$data/taskd.lock")"
	equals "$(taskctl add -q two)" 2
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
}

@test "a daemon whose socket vanished goes away" {
	taskctl daemon start
	pid=$(cat "$data/taskd.lock")
	rm "$(socket)"
	until_true eval "! kill -0 $pid 2>/dev/null"
	taskctl daemon start
}

@test "sixty at once get their answers from exactly one daemon" {
	sign_up
	taskctl daemon stop -q
	seq 60 | xargs -P 60 -I{} sh -c 'taskctl whoami || echo failed' >said
	equals "$(sort said | uniq -c | tr -s ' ')" " 60 ann@example.com"
	equals "$(grep -c ' serving ' "$data/taskd.log")" 2
}

@test "versions of both are printed, and no daemon is started for it" {
	equals "$(taskctl version)" "$(taskctl --version)"
	run -5 taskctl daemon status
	taskctl daemon start -q
	has "$(taskctl version)" "taskd "
	taskctl version --json | jq -e '.taskctl == .taskd'
}
