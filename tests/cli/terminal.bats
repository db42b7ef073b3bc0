#!/usr/bin/env bats
# What a person sees at a terminal: questions, the echo, Ctrl-C, colours, width.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home
	command -v expect >/dev/null || skip "expect is not installed"
	export TERM=xterm PASSWORD
}
teardown() { remove_home; }

# on_terminal SCRIPT: an expect(1) script; what the terminal showed is in `shown`. Every wait has an end.
on_terminal() {
	expect -c 'set timeout 60
		proc wanted {text} { expect { -exact $text {} timeout { puts "\nnever seen: $text"; exit 99 } eof { puts "\nended before: $text"; exit 98 } } }
		proc finish {} { expect { eof {} timeout { exit 97 } }; lassign [wait] pid spawn os status; exit $status }
		'"$1" >shown 2>&1
}

@test "signup asks for everything, and shows no password" {
	on_terminal 'spawn taskctl signup
		wanted "Email: "; send "ann@example.com\r"
		wanted "Password: "; send "$env(PASSWORD)\r"
		wanted "Password again: "; send "$env(PASSWORD)\r"
		wanted "logged in as ann@example.com"; finish'
	has_not "$(cat shown)" "$PASSWORD"
	equals "$(taskctl whoami)" ann@example.com
}

@test "two passwords that differ make no account" {
	run on_terminal 'spawn taskctl signup --email ann@example.com
		wanted "Password: "; send "$env(PASSWORD)\r"
		wanted "Password again: "; send "something else\r"
		wanted "differ"; finish'
	equals "$status" 2
	run -4 log_in ann@example.com
}

@test "Ctrl-C at the password gives the echo back, and does nothing" {
	sign_up
	taskctl logout -q
	on_terminal 'spawn bash --norc --noprofile
		send "PS1=; taskctl login --email ann@example.com\r"
		wanted "Password: "; send "\003"
		send "echo status=\$?; stty -a | grep -o -e -echo -e \" echo\" | head -1\r"
		wanted "status=130"; wanted " echo"
		send "exit\r"; finish'
	run -4 taskctl whoami
}

@test "the password is asked for on the terminal although stdin is a file" {
	sign_up
	on_terminal 'spawn sh -c "taskctl login --email ann@example.com </dev/null"
		wanted "Password: "; send "$env(PASSWORD)\r"
		wanted "Logged in as ann@example.com"; finish'
}

@test "three tasks at once are a question, and no is no" {
	sign_up
	for title in one two three; do taskctl add -q $title; done
	run on_terminal 'spawn taskctl done 1-3
		wanted "one"; wanted "Complete these 3 tasks? \[y/N\] "; send "\r"
		wanted "nothing was changed"; finish'
	equals "$status" 130
	equals "$(taskctl list -q | wc -l)" 3
	on_terminal 'spawn taskctl done 1-3
		wanted "\[y/N\] "; send "y\r"
		wanted "Completed task 3: three"; finish'
	equals "$(taskctl list -q | wc -l)" 0
}

@test "Ctrl-C at the question changes nothing" {
	sign_up
	for title in one two three; do taskctl add -q $title; done
	run on_terminal 'spawn bash --norc --noprofile
		send "PS1=; taskctl delete 1-3\r"
		wanted "\[y/N\] "; send "\003"
		send "echo status=\$?\r"; wanted "status=130"
		send "exit\r"; finish'
	equals "$(taskctl list -q | wc -l)" 3
}

@test "a terminal of 60 columns is kept, with colours, and without them for NO_COLOR" {
	sign_up
	taskctl add -q "$(printf 'A title that is long enough to be cut somewhere, %.0s' 1 2 3)" project:some.very.long.name +tag1 due:2020-01-01T00:00:00Z
	on_terminal 'set stty_init "columns 60 rows 24"; spawn taskctl list; finish'
	has "$(cat shown)" $'\033[31m'
	sed 's/\x1b\[[0-9;]*m//g; s/\r//' shown | grep -v '^spawn' >plain
	[ "$(wc -L <plain)" -le 60 ]
	has "$(cat plain)" "…"
	on_terminal 'set stty_init "columns 60 rows 24"; set env(NO_COLOR) 1; spawn taskctl list; finish'
	has_not "$(cat shown)" $'\033'
	on_terminal 'set env(TERM) dumb; spawn taskctl list; finish'
	has_not "$(cat shown)" $'\033'
}
