#!/usr/bin/env bats
# What a person sees at a terminal: questions, the echo, Ctrl-C, colours, width.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home
	export TERM=xterm
	width=80
}
teardown() { remove_home; }

# on_terminal COMMAND…: what it shows is in the file `shown`; the script of who sits there is stdin.
on_terminal() { "$ON_TERMINAL" "$width" "$@" >shown; }

@test "signup asks for everything, and shows no password" {
	on_terminal taskctl signup <<-END
		wait Email:
		send ann@example.com\r
		wait Password:
		send $PASSWORD\r
		wait Password again:
		send $PASSWORD\r
		wait logged in as ann@example.com
	END
	has_not "$(cat shown)" "$PASSWORD"
	equals "$(taskctl whoami)" ann@example.com
}

@test "two passwords that differ make no account" {
	run -2 on_terminal taskctl signup --email ann@example.com <<-END
		wait Password:
		send $PASSWORD\r
		wait Password again:
		send something else\r
		wait differ
	END
	run -4 log_in ann@example.com
}

@test "Ctrl-C at the password gives the echo back, and does nothing" {
	sign_up
	taskctl logout -q
	on_terminal bash --norc --noprofile <<-'END'
		send PS1=at; PS1=${PS1}tentive; taskctl login --email ann@example.com\r
		wait Password:
		send \c
		wait attentive
		send echo status=$?; stty -a | grep -o -e '-echo ' -e ' echo '\r
		wait status=130
		wait  echo
		send exit\r
	END
	run ! grep -q -e '-echo $' shown
	run -4 taskctl whoami
}

@test "the password is asked for on the terminal although stdin is a file" {
	sign_up
	on_terminal sh -c "taskctl login --email ann@example.com </dev/null" <<-END
		wait Password:
		send $PASSWORD\r
		wait Logged in as ann@example.com
	END
}

@test "three tasks at once are a question, and no is no" {
	sign_up
	for title in one two three; do taskctl add -q $title; done
	run -130 on_terminal taskctl "done" 1-3 <<-'END'
		wait one
		wait Complete these 3 tasks? [y/N]
		send \r
		wait nothing was changed
	END
	equals "$(taskctl list -q | wc -l)" 3
	on_terminal taskctl "done" 1-3 <<-'END'
		wait [y/N]
		send y\r
		wait Completed task 3: three
	END
	equals "$(taskctl list -q | wc -l)" 0
}

@test "open children are a question with three answers" {
	sign_up
	taskctl add -q whole
	taskctl add -q part parent:1
	run -130 on_terminal taskctl "done" 1 <<-'END'
		wait 1 open child (2).
		wait Complete them too? [y/N/keep]
		send n\r
		wait nothing was changed
	END
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
	on_terminal taskctl "done" 1 <<-'END'
		wait [y/N/keep]
		send keep\r
		wait Completed task 1: whole
	END
	equals "$(taskctl list -q)" 2
	taskctl restore 1
	on_terminal taskctl delete 1 <<-'END'
		wait Delete them too? [y/N/keep]
		send y\r
		wait Deleted task 2: part
	END
	equals "$(taskctl list -q)" ""
}

@test "what was destroyed says how to take it back, and purging asks even for one" {
	sign_up
	taskctl add -q one
	on_terminal taskctl delete 1 <<-'END'
		wait Deleted task 1: one
		wait To take it back: taskctl undo
	END
	run -130 on_terminal taskctl purge 1 <<-'END'
		wait Remove for good this task? [y/N]
		send n\r
		wait nothing was changed
	END
	on_terminal taskctl purge 1 <<-'END'
		wait [y/N]
		send y\r
		wait Removed for good task 1: one
	END
	has_not "$(cat shown)" undo
}

@test "Ctrl-C at the question changes nothing" {
	sign_up
	for title in one two three; do taskctl add -q $title; done
	run -130 on_terminal taskctl delete 1-3 <<-'END'
		wait [y/N]
		send \c
	END
	equals "$(taskctl list -q | wc -l)" 3
}

@test "a terminal of 60 columns is kept, with colours, and without them for NO_COLOR" {
	sign_up
	taskctl add -q "$(printf 'A title that is long enough to be cut somewhere, %.0s' 1 2 3)" project:some.very.long.name +tag1 due:2020-01-01T00:00:00Z
	width=60
	on_terminal taskctl list </dev/null
	has "$(cat shown)" $'\033[31m'
	sed 's/\x1b\[[0-9;]*m//g; s/\r//' shown >plain
	[ "$(wc -L <plain)" -le 60 ]
	has "$(cat plain)" "…"
	NO_COLOR=1 on_terminal taskctl list </dev/null
	has_not "$(cat shown)" $'\033'
	TERM=dumb on_terminal taskctl list </dev/null
	has_not "$(cat shown)" $'\033'
}

@test "the new password is asked for twice, and none is shown" {
	sign_up
	on_terminal taskctl account password <<-END
		wait Current password:
		send $PASSWORD\r
		wait New password:
		send a new and long phrase\r
		wait New password again:
		send a new and long phrase\r
		wait is changed
	END
	has_not "$(cat shown)" "$PASSWORD"
	has_not "$(cat shown)" "long phrase"
	log_in ann@example.com "a new and long phrase"
}

@test "an account is deleted when its email is typed, and by nothing else" {
	sign_up
	run -130 on_terminal taskctl account delete <<-END
		wait go on:
		send yes\r
		wait nothing was deleted
	END
	equals "$(taskctl whoami)" ann@example.com
	on_terminal taskctl account delete <<-END
		wait go on:
		send ann@example.com\r
		wait Password:
		send $PASSWORD\r
		wait is deleted
	END
	run -4 log_in ann@example.com
}

@test "going back to a backup is a question" {
	sign_up
	echo rubbish >copy.db
	run -130 on_terminal taskctl daemon restore copy.db <<-END
		wait [y/N]
		send n\r
		wait nothing was changed
	END
	taskctl daemon status -q
}

@test "a session is called after its terminal" {
	sign_up
	on_terminal taskctl login --email ann@example.com <<-END
		wait Password:
		send $PASSWORD\r
		wait Logged in
	END
	taskctl session list --json | jq -e 'any(.[]; .client | test("^taskctl \\(pts/[0-9]+\\)$"))'
}
