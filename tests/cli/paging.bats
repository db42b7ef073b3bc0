#!/usr/bin/env bats
# What is longer than the terminal goes to a pager, and comes back as if nothing had been there.
# shellcheck disable=SC2154,SC2030,SC2031 # bats sets output and stderr, and runs each test in a subshell
load helper
setup() {
	make_home
	export TERM=xterm
	unset PAGER LESS LV LINES
	sign_up
}
teardown() { remove_home; }

# on_terminal COMMAND…: what 24 lines of 80 columns show is in the file `shown`, and without colours in `plain`.
on_terminal() {
	local status=0
	"$ON_TERMINAL" 80 "$@" >shown || status=$?
	sed 's/\x1b\[[0-9;]*m//g; s/\r//' shown >plain
	return "$status"
}

# add_tasks N: their titles are "task 1." and so on.
add_tasks() { seq 1 "$1" | sed 's/.*/task &./' | taskctl import -q --from todotxt; }

# pager LINE…: a program in PATH, `page`, that the shell runs.
pager() {
	printf '%s\n' '#!/bin/sh' "$@" >"$scratch/bin/page"
	chmod +x "$scratch/bin/page"
}

@test "what is long is given to the pager whole, with colours and without the token" {
	add_tasks 30
	pager 'env >environment' 'cat >paged'
	export PAGER=page
	TASKCTL_TOKEN=$(taskctl token) on_terminal taskctl list </dev/null
	equals "$(cat shown)" ""
	equals "$(grep -c 'task .*\.' paged)" 30
	has "$(cat paged)" $'\033[1;4mTitle'
	has "$(cat environment)" LESS=FRX
	has "$(cat environment)" LV=-c
	has_not "$(cat environment)" TASKCTL_TOKEN
	rm paged
	seq 1 30 | sed 's/.*/alias.a& = list/' >>"$config/config"
	TASKCTL_TOKEN=secret on_terminal taskctl config list </dev/null # which has no need of it
	has "$(cat paged)" alias.a30
	has_not "$(cat environment)" TASKCTL_TOKEN
	LESS=S on_terminal taskctl next </dev/null
	grep -q '^LESS=S$' environment
	has "$(head -1 paged)" "What to do next"
}

@test "what fits, and what is not for people on a terminal, is not paged" {
	add_tasks 22
	pager 'touch paged'
	export PAGER=page
	on_terminal taskctl list </dev/null
	equals "$(grep -c task plain)" 22
	add_tasks 8
	for form in --json --plain --csv -q '--format={id}' --no-pager; do
		on_terminal taskctl list "$form" </dev/null
		[ "$(wc -c <plain)" -gt 60 ]
	done
	TERM=dumb on_terminal taskctl list </dev/null
	equals "$(grep -c task plain)" 30
	equals "$(taskctl list | grep -c task)" 30
	[ ! -e paged ]
	on_terminal taskctl list --limit 22 </dev/null
	[ ! -e paged ]
	on_terminal taskctl list --limit 23 </dev/null # one line for the next prompt
	[ -e paged ]
}

@test "the setting goes before PAGER, the variable before the setting, and never is never" {
	add_tasks 30
	pager "echo by \$1 >by; cat >paged"
	PAGER='page pager' on_terminal taskctl list </dev/null
	equals "$(cat by)" "by pager"
	taskctl config set -q pager 'page setting'
	PAGER='page pager' on_terminal taskctl list </dev/null
	equals "$(cat by)" "by setting"
	PAGER='page pager' TASKCTL_PAGER='page variable | cat' on_terminal taskctl list </dev/null
	equals "$(cat by)" "by variable"
	rm by
	PAGER=page TASKCTL_PAGER=never on_terminal taskctl list </dev/null
	taskctl config set -q pager never
	PAGER=page on_terminal taskctl list </dev/null
	taskctl config unset -q pager
	PAGER='' on_terminal taskctl list </dev/null
	PAGER="cat" on_terminal taskctl list </dev/null
	equals "$(grep -c task plain)" 30
	[ ! -e by ]
}

@test "a pager that is not there is named once, and nothing is lost" {
	add_tasks 30
	for missing in no-such-pager 'no-such-pager -x'; do
		PAGER=$missing on_terminal taskctl list </dev/null
		equals "$(grep -c 'task .*\.' plain)" 30
		equals "$(grep -c "there is no pager \`$missing\`; without one: taskctl config set pager never" plain)" 1
	done
}

@test "a pager that is left early is no trouble, however much is unread" {
	seq 1 2000 | sed "s/.*/task & $(printf "%060d" 0)/" | taskctl import -q --from todotxt
	pager 'head -n 2'
	PAGER=page on_terminal taskctl list </dev/null
	equals "$(wc -l <plain)" 2
	pager 'kill -INT $$'
	PAGER=page on_terminal taskctl list </dev/null
	equals "$(cat plain)" ""
}

@test "less shows it, Ctrl-C stays in it, and the terminal is as it was" {
	command -v less >/dev/null || skip "less is not installed"
	add_tasks 60
	on_terminal sh -c 'trap : INT; stty -g >before; taskctl list; echo "status $?"; stty -g >after' <<-'END'
		wait task 9.
		wait :
		send \c
		wait :
		send G
		wait task 60.
		send q
		wait status 0
	END
	equals "$(cat after)" "$(cat before)"
}

@test "details and settings are paged as one text" {
	taskctl add -q long pri:H project:home
	seq 1 30 | sed 's/^/line /' | taskctl note -q 1 -
	pager 'cat >>paged; echo end >>paged'
	PAGER=page on_terminal taskctl show 1 </dev/null
	equals "$(cat shown)" ""
	has "$(cat paged)" "line 30"
	has "$(cat paged)" "Urgency by"
	equals "$(grep -c '^end$' paged)" 1
}

@test "a pager that fails leaves no mark on the terminal" {
	add_tasks 30
	pager 'stty -echo -icanon </dev/tty; cat >/dev/null; exit 1'
	PAGER=page on_terminal sh -c 'stty -g >before; taskctl list; echo "status $?"; stty -g >after' </dev/null
	has "$(cat plain)" "status 0"
	equals "$(cat after)" "$(cat before)"
}
