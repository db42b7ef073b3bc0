#!/usr/bin/env bats
# What a person is told: what was meant, what to type next, and how to take it back.
# shellcheck disable=SC2154,SC2016 # bats sets output and stderr; backquotes are text
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

# says TEXT COMMAND…: on stderr, whatever the exit status.
says() {
	local text=$1
	shift
	run --separate-stderr "$@"
	has "$stderr" "$text"
}

# says_nothing COMMAND…: it is done, without a word on stderr.
says_nothing() {
	run --separate-stderr -0 "$@"
	equals "$stderr" ""
}

# --- did you mean ---

@test "a new project or tag near another is told, with what mends it, and what mends it does" {
	says_nothing taskctl add one project:home.garden +shop
	says '`hoem.garden` is a new project; did you mean `home.garden`? taskctl modify 2 project:home.garden' \
		taskctl add two project:hoem.garden
	says '`shpo` is a new tag; did you mean `shop`? taskctl modify 2 -shpo +shop' taskctl modify 2 +shpo
	taskctl modify -q 2 project:home.garden
	taskctl modify -q 2 -shpo +shop
	equals "$(taskctl list -q project:home.garden +shop | paste -s -d ' ')" "1 2"
	says '`shopp` is a new tag; did you mean `shop`? To take it back: taskctl undo' taskctl modify 1,2 +shopp
}

@test "what is known, what is far, and what a program reads are not doubted" {
	taskctl add -q one project:home +shop
	says_nothing taskctl add two project:home +shop
	says_nothing taskctl add three project:travel +plane
	says_nothing taskctl add -q four project:hoem
	says_nothing taskctl add --json five project:hmoe
	taskctl add --json six project:homw | jq -e '.title == "six"'
}

@test "a label in a shell's special characters is quoted in what mends it" {
	taskctl add -q one --project "Tom's house"
	says "taskctl modify 2 'project:Tom'\\''s house'" taskctl add two --project "Tom's hose"
	has_not "$(taskctl add three --project $'Tom\u009bs house' 2>&1)" $'\u009b'
}

@test "a word that names a field of one's own is told, unless it is quoted" {
	taskctl field define -q cost number
	says '`cost:3` became part of the title; did you mean the field `cost`? taskctl modify 1 x --set cost=3' taskctl add x cost:3
	taskctl modify -q 1 x --set cost=3
	taskctl show 1 --json | jq -e '.title == "x" and .fields.cost == 3'
	says '`csot:3` became part of the title; did you mean the field `cost`?' taskctl add x csot:3
	says_nothing taskctl add -- x cost:3
	says_nothing taskctl add "x cost:3"
}

@test "a filter that finds nothing says which label no task has" {
	taskctl add -q one project:home +shop
	for command in list next ready summary; do
		says 'No task matches: no task has the project `hoem`, did you mean `home`?' taskctl "$command" project:hoem
	done
	says 'no task has the tag `overdue`, did you mean `+OVERDUE`?' taskctl list +overdue
	says 'no task has the project `moon`, and these are there: taskctl projects --all' taskctl list project:moon
	says 'no task matches: no task has the tag `shp`, did you mean `shop`?' taskctl "done" -f +shp
	equals "$status" 1
	says 'No task matches.' taskctl list project:home due:2001-01-01
	says_nothing taskctl list --plain project:hoem
}

@test "what is near is named: attributes, modifiers, virtual tags, fields, verbs, options, zones and all that has a name" {
	taskctl field define -q cost number
	taskctl add -q one project:home +shop
	taskctl context set -q work project:home
	while IFS='|' read -r meant line; do
		eval "set -- $line"
		run --separate-stderr taskctl "$@"
		[ "$status" = 1 ] || [ "$status" = 2 ]
		has "$stderr" "did you mean"
		has "$stderr" "$meant"
	done <<-'END'
		due|list deu:today
		before|list due.befor:eow
		priority|list prio:H
		+OVERDUE|list +OVERDU
		cost|list csot:3
		priority:H|add x prio:H
		due:today|add x deu:today
		tomorrow|add x due:tomorow
		weekly|add x due:today recur:weekyl
		cost|add x --set csot=3
		list|lits
		token create|token craete
		--columns|report define x --colums id
		--json|list --jsno
		--socket|--sokcet /x list
		work|context use wrok
		next|report nxt
		todotxt|import --from todotext /dev/null
		todotxt|export --to todotext
		color|config get colour
		title|list --json=titel
		title|get 1.titel
		title|list --sort titel
		home|project rename hoem house
		shop|tag rename shpo buy
		filters|help filterz
		did you mean|urgency set prioritty.H 3
	END
	says 'did you mean `Europe/Berlin`?' env TZ=Europe/Berln taskctl add x due:today
}

# --- the next command ---

# Each a line that ends otherwise than it was meant: the exit status, and the words.
wrong_lines() {
	cat <<-'END'
		2 list due:tomorow
		2 list prio
		2 list --sort x
		2 list --columns
		2 list --json=x
		2 list --format {x}
		2 list --limit 0
		2 list --nonsense
		2 list -f
		2 add
		2 add x due:nonsense
		2 add x pri:X
		2 add x recur:foo due:today
		2 add x recur:daily
		1 add x depends:99
		1 add x parent:99
		2 add x --set foo=1
		2 modify
		2 modify 1
		1 modify 99 +x
		2 modify 1 recur:daily
		1 modify -f project:nope +x
		2 done
		1 done 99
		2 done abc
		2 done 1 -f x
		2 delete 1-5
		3 purge 1 --yes
		3 stop 1
		3 restore 1
		2 show
		1 show 99
		2 annotate 1
		3 denotate 1 x
		2 note
		2 edit
		2 undo 0
		3 redo
		1 history 99
		1 series skip 99
		1 report nope
		1 report delete nope
		2 report define
		2 urgency nonsense
		2 project rename a
		1 project rename nope other
		1 tag rename nope other
		2 timesheet nonsense
		2 context nope
		1 context show nope
		1 context delete nope
		2 field define x nonsense
		1 field delete nope
		2 import --from nope
		2 import /nowhere/at/all
		2 export --to nope
		2 search
		2 get 1.nope
		1 get 99.due
		1 wait 99
		2 signup --email x --password-stdin
		2 login --password-stdin
		2 login --email ann@example.com
		2 account password --password-stdin
		2 account email
		1 session revoke nope
		2 token create
		2 token create --name x --expires 1y
		1 token revoke nope
		2 config get nope
		2 config set color x
		2 config nonsense
		2 alias set list x
		1 alias delete nope
		2 daemon nonsense
		2 daemon restore /nowhere/at/all
		2 completion tcsh
		2 help nope
		2 nonsense
		2 lits
		2 --socket
		2 --color=x list
		4 --account nobody@example.com list
		5 --socket /nowhere/taskd.sock list
	END
}

@test "every error names the next command, with one prefix, the status of the table, and no blame" {
	taskctl add -q one
	for title in two three four five; do taskctl add -q $title; done
	while read -r expected line; do
		eval "set -- $line"
		echo "# $line"
		run --separate-stderr taskctl "$@" </dev/null
		equals "$status" "$expected"
		equals "$output" ""
		grep -Eq 'taskctl [a-z-]+|taskctl-[a-z]+\([0-9]\)' <<<"${stderr#taskctl*: }"
		run ! grep -Eiq '\b(invalid|illegal|bad|wrong|you must|stupid|fatal)\b' <<<"$stderr"
		equals "$(grep -c '^taskctl' <<<"$stderr")" 1
	done < <(wrong_lines)
}

@test "without a login the next command is the login" {
	taskctl logout -q
	for line in list "add x" "done 1" "project rename a b" "token list"; do
		eval "set -- $line"
		run --separate-stderr -4 taskctl "$@"
		has "$stderr" "taskctl login"
	done
}

@test "a message about a method of the daemon names the command" {
	taskctl add -q one
	taskctl "done" -q 1
	taskctl undo -q
	says '`taskctl field define`' taskctl add x --set foo=1
	has_not "$stderr" field.define
}

# --- taking it back ---

@test "what can be taken back says so, and taking it back is what it says" {
	taskctl add -q one project:home +shop
	taskctl annotate -q 1 remark
	before=$(taskctl export --all | jq -cS 'del(.modified, .version)')
	while read -r line; do
		eval "set -- $line"
		run --separate-stderr -0 taskctl "$@"
		has "$stderr" "To take it back: taskctl undo"
		taskctl undo -q
		equals "$(taskctl export --all | jq -cS 'del(.modified, .version)')" "$before"
	done <<-'END'
		done 1
		delete 1
		modify 1 pri:H
		append 1 more
		note 1 text
		denotate 1 remark
		project rename home house
		tag rename shop buy
	END
	echo two | taskctl import -q --from todotxt
	says "To take it back: taskctl undo" taskctl import --from todotxt <<<three
}

@test "a rehearsal, quiet and JSON say nothing of undo" {
	taskctl add -q one
	says_nothing taskctl "done" 1 --dry-run
	says_nothing taskctl "done" -q 1
	says_nothing taskctl modify --json 1 pri:H
}

@test "what cannot be taken back says that" {
	taskctl add -q one
	taskctl delete -q 1
	says "Nothing brings it back." taskctl purge 1 --yes
	has_not "$stderr" undo
	taskctl context set -q work project:work
	says "taskctl context set work FILTER" taskctl context delete work
	taskctl field define -q cost number
	says "Undo does not bring it back; to make it anew: taskctl field define cost" taskctl field delete cost
	taskctl report define -q mine -f project:home
	says "taskctl report define mine" taskctl report delete mine
}

@test "a series that is deleted has ended, and one whose task is deleted goes on" {
	taskctl add -q water due:today recur:daily
	says "Its series goes on. To end that as well: taskctl delete 1" taskctl delete 2
	says "Series 1 has ended: no more tasks come of it." taskctl delete 1
	has "$stderr" "taskctl undo"
}
