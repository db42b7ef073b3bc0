#!/usr/bin/env bats
# What a person sees at a terminal: questions, the echo, Ctrl-C, colours, width.
# shellcheck disable=SC2154,SC2016 # bats sets output and stderr; what editors run expands later
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

# --- whatever happens, the terminal is as it was (on_terminal looks), and nothing is half done ---

# An editor that runs these commands with the file as $1.
editor() {
	printf '#!/bin/bash\n%s\n' "$1" >bin/ed-it
	chmod +x bin/ed-it
	unset VISUAL
	export EDITOR=ed-it TMPDIR=$scratch/tmp
	mkdir -p "$TMPDIR"
}

# All tasks as they are, to be compared with what they are later.
all_tasks() { taskctl export --all | jq -cS .; }

@test "Ctrl-C at the second password makes no account, and Ctrl-D at the first none either" {
	on_terminal bash --norc --noprofile <<-END
		send PS1=at; PS1=\${PS1}tentive; taskctl signup --email ann@example.com\r
		wait Password:
		send $PASSWORD\r
		wait again:
		send \c
		wait attentive
		send echo status=\$?; stty -a | grep -o -e '-echo ' -e ' echo '\r
		wait status=130
		wait  echo
		send exit\r
	END
	[ ! -e "$config/credentials.json" ]
	run -2 on_terminal taskctl signup --email ann@example.com <<-'END'
		wait Password:
		send \d
		wait there was no answer
	END
	run -4 log_in ann@example.com
}

@test "the end of input at a question is no, on a line of its own" {
	sign_up
	for title in one two three; do taskctl add -q $title; done
	run -130 on_terminal taskctl modify -f status:pending +shop <<-'END'
		wait task 1: one
		wait Change these 3 tasks? [y/N]
		send \d
		wait nothing was changed
	END
	grep -q '^taskctl: nothing was changed' shown
	equals "$(taskctl count +shop)" 0
}

@test "a look at many shows the first and counts the others" {
	sign_up
	for title in a b c d e f g h i j k l; do echo "- [ ] $title"; done | taskctl import -q --from markdown
	before=$(all_tasks)
	run -130 on_terminal taskctl delete -f status:pending <<-'END'
		wait task 10: j
		wait and 2 more
		wait Delete these 12 tasks? [y/N]
		send no\r
		wait nothing was changed
	END
	has_not "$(cat shown)" ": k"
	equals "$(all_tasks)" "$before"
}

@test "Ctrl-C at the question about open children changes nothing" {
	sign_up
	taskctl add -q whole
	taskctl add -q part parent:1
	before=$(all_tasks)
	run -130 on_terminal taskctl "done" 1 <<-'END'
		wait [y/N/keep]
		send \c
	END
	equals "$(all_tasks)" "$before"
}

@test "an editor that fails, with the terminal in its own mode, changes nothing" {
	sign_up
	taskctl add -q one
	before=$(all_tasks)
	editor 'stty raw -echo; sed -i "s/^title:.*/title: two/" "$1"; exit 1'
	run -2 on_terminal taskctl edit 1 </dev/null
	has "$(cat shown)" "failed"
	equals "$(all_tasks)" "$before"
}

@test "an editor that leaves the terminal in its own mode leaves it so to nobody" {
	sign_up
	taskctl add -q one
	editor 'stty raw -echo; sed -i "s/^title:.*/title: two/" "$1"'
	on_terminal taskctl edit 1 </dev/null
	equals "$(taskctl get 1.title)" two
}

@test "Ctrl-C in an editor that dies of it changes nothing" {
	sign_up
	taskctl add -q one
	before=$(all_tasks)
	editor 'sed -i "s/^title:.*/title: two/" "$1"; stty -echo; echo ready; exec sleep 100'
	run -130 on_terminal taskctl edit 1 <<-'END'
		wait ready
		send \c
		wait interrupted
	END
	equals "$(all_tasks)" "$before"
}

@test "what is no task comes back to the editor with the reason, and is given up by saving it as it is" {
	sign_up
	taskctl add -q one
	before=$(all_tasks)
	editor 'grep -q "deu" "$1" || { printf "deu: nonsense\n\x01\n" >"$1"; exit; }; echo "second: $(grep -c "^#" "$1")"'
	run -2 on_terminal taskctl edit 1 <<-'END'
		wait second:
		wait taskctl:
	END
	equals "$(all_tasks)" "$before"
	has "$(cat shown)" "your text is in"
}

@test "an editor that changes nothing changes nothing" {
	sign_up
	taskctl add -q one
	before=$(all_tasks)
	editor 'true'
	on_terminal taskctl edit 1 <<<'wait Nothing was changed'
	equals "$(all_tasks)" "$before"
	equals "$(ls "$TMPDIR")" ""
}

# --- pagers ---

# More tasks than a terminal of 24 lines shows.
many() {
	taskctl config list --json | jq -e 'any(.[]; .name == "pager")' >/dev/null || skip "this taskctl has no pager"
	sign_up
	for i in $(seq 40); do echo "- [ ] number $i"; done | taskctl import -q --from markdown
}

# A pager that runs these commands.
pager() {
	printf '#!/bin/bash\n%s\n' "$1" >bin/page-it
	chmod +x bin/page-it
	export PAGER=page-it
}

@test "Ctrl-C in a pager that dies of it gives the terminal back" {
	many
	pager 'stty raw isig -echo </dev/tty; cat >/dev/null; echo ready; exec sleep 100'
	run on_terminal taskctl list <<-'END'
		wait ready
		send \c
	END
	[ "$status" = 0 ] || [ "$status" = 130 ]
}

@test "a pager that leaves the terminal in its own mode leaves it so to nobody" {
	many
	pager 'stty raw -echo </dev/tty; cat >/dev/null'
	on_terminal taskctl list </dev/null
}

# --- hints ---

@test "hints come once each, one in a run, and the first says how to have none" {
	unset TASKCTL_HINTS
	sign_up
	on_terminal taskctl add one <<<'wait Hint: project, tags'
	has "$(cat shown)" "taskctl config set hints off"
	on_terminal taskctl add two <<<'wait Hint: due:fri'
	equals "$(grep -c Hint: shown)" 1
	has_not "$(cat shown)" "hints off"
	on_terminal taskctl add three </dev/null
	has_not "$(cat shown)" Hint:
	equals "$(paste -s -d ' ' "$config/hints-told")" "one-line dates"
	equals "$(stat -c %a "$config/hints-told")" 600
}

@test "no hint where nobody looks, where it was refused, or where it failed" {
	unset TASKCTL_HINTS
	sign_up
	taskctl add one 2>err
	for arguments in "-q two" "--json two" "--format {id} two" "--dry-run --plain two" "two --help"; do
		# shellcheck disable=SC2086 # words
		on_terminal taskctl add $arguments </dev/null
		has_not "$(cat shown err)" Hint:
	done
	on_terminal sh -c "taskctl add three | cat" </dev/null
	has_not "$(cat shown)" Hint:
	run -2 on_terminal taskctl add </dev/null
	has_not "$(cat shown)" Hint:
	taskctl config set -q hints off
	on_terminal taskctl add four </dev/null
	has_not "$(cat shown)" Hint:
	[ ! -e "$config/hints-told" ]
}

@test "a hint that cannot be noted is not told, and nothing is said of it" {
	unset TASKCTL_HINTS
	sign_up
	mkdir "$config/hints-told"
	on_terminal taskctl add one <<<'wait Added task 1'
	has_not "$(cat shown)" int
}
