#!/usr/bin/env bats
# Tables, objects, templates; columns, colours, and text that means harm.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "json of list is an array of the daemon's objects" {
	taskctl add -q one +a
	taskctl add -q two
	taskctl list --json >found
	equals "$(jq -r 'map(.title) | join(" ")' found)" "one two"
	jq -e 'all(.uuid and .created and .version == 1)' found
	equals "$(taskctl list --json=id,due,tags)" $'[{"id":1,"due":null,"tags":["a"]},\n{"id":2,"due":null,"tags":[]}]'
}

@test "json of a change is what the daemon answered" {
	taskctl add -q one
	taskctl "done" 1 --json | jq -e '.count == 1 and .tasks[0].status == "completed" and .revision == 2'
	equals "$(taskctl restore 1 --json=id | jq -c .tasks)" '[{"id":1}]'
	taskctl add two --json | jq -e '.id == 2 and .title == "two"'
	taskctl whoami --json | jq -e '.id == 1 and .email == "ann@example.com"'
	run --separate-stderr -1 taskctl "done" -f project:none --json
	equals "$(jq -c '[.count, .tasks]' <<<"$output")" '[0,[]]'
}

@test "json of a list of several pages is one array" {
	for page in 1 2 3; do seq -f "task $page.%g" 500 | xargs -d '\n' -P 4 -I{} taskctl add -q {} >/dev/null; done
	equals "$(taskctl list --json | jq length)" 1500
	equals "$(taskctl list -q | sort -n | uniq | wc -l)" 1500
	equals "$(taskctl list | wc -l)" 1501
}

@test "a template prints fields, braces, tabs and line feeds" {
	taskctl add -q "Buy milk" +shop +home pri:H
	equals "$(taskctl list --format '{id}\t{title}\n{{{tags}}} {due}|{priority}\\')" $'1\tBuy milk\n{home,shop} |H\\'
	run --separate-stderr -2 taskctl list --format '{nope}'
	run --separate-stderr -2 taskctl list --format '{id'
	run --separate-stderr -2 taskctl list --format 'id}'
	run --separate-stderr -2 taskctl list --format '{id}' --json
}

@test "a table fits the width" {
	taskctl add -q "$(printf 'A title that is long enough to be cut somewhere, %.0s' 1 2 3)" project:some.very.long.project.name +tag1 +tag2 \
		due:2030-01-01T00:00:00Z
	for width in 40 60 80 200; do
		COLUMNS=$width taskctl list >table
		[ "$(wc -L <table)" -le $width ] || {
			cat table
			false
		}
	done
	# Nothing is cut where nobody said how wide it may be.
	has "$(taskctl list)" "3" && has_not "$(taskctl list)" "…"
}

@test "wide and combining characters keep their columns" {
	taskctl add -q "牛奶" project:家
	taskctl add -q "cafe$(printf '\314\201')" project:x
	taskctl add -q "👩‍👩‍👧 family" project:y
	COLUMNS=60 taskctl list >table
	# The title begins in the same column in each row.
	cut_at() { sed -n "$1p" table | sed "s/$2.*//" | wc -L; }
	equals "$(cut_at 2 牛奶)" "$(cut_at 3 cafe)"
	equals "$(cut_at 2 牛奶)" "$(cut_at 4 👩)"
}

@test "what a terminal would obey is refused or made visible" {
	run --separate-stderr -2 taskctl add "$(printf 'a\033[31mred')"
	has "$stderr" "title"
	run --separate-stderr -2 taskctl add x --note "$(printf 'a\033[31mred')"
	run ! grep -q -a $'\033' <<<"$stderr"
	# Text that turns its direction around is allowed, and shown harmless.
	taskctl add -q "$(printf 'invoice\342\200\256fdp.exe')"
	for shown in "$(taskctl list)" "$(taskctl show 1)" "$(taskctl list --format '{title}')" "$(taskctl "done" 1)"; do
		has_not "$shown" $'\u202e'
		has "$shown" $'invoice\ufffdfdp.exe'
	done
	taskctl add -q "a title" -- $'\xff' && false
	equals "$(taskctl list -q --all)" 1
}

@test "no colours in a pipe, colours when they are asked for, none with NO_COLOR" {
	taskctl add -q one
	taskctl start 1
	has_not "$(taskctl list)" $'\033'
	has "$(taskctl list --color=always)" $'\033[32m'
	has_not "$(taskctl list --color=never)" $'\033'
	has "$(TASKCTL_COLOR=always taskctl list)" $'\033'
	run --separate-stderr -2 taskctl list --color=sometimes
	has "$stderr" "auto"
}

@test "a full disk behind stdout is a failure" {
	taskctl add -q one
	run --separate-stderr -6 bash -c 'taskctl list >/dev/full'
	has "$stderr" "cannot write the output"
	run --separate-stderr -6 bash -c 'taskctl list --json >/dev/full'
	run --separate-stderr -6 bash -c 'taskctl help >/dev/full'
}

@test "a reader that has enough is no failure worth a word" {
	for i in 1 2 3 4 5; do taskctl add -q "task $i"; done
	run --separate-stderr bash -c 'set -o pipefail; taskctl list | head -n 1'
	equals "$stderr" ""
	has "$output" "ID"
}

@test "help goes to stdout, and a mistake to stderr" {
	run --separate-stderr -0 taskctl help
	has "$output" whoami
	equals "$stderr" ""
	run --separate-stderr -0 taskctl --help
	run --separate-stderr -0 taskctl add --help
	has "$output" "usage: taskctl add"
	run --separate-stderr -2 taskctl
	equals "$output" ""
	has "$stderr" whoami
	run --separate-stderr -0 taskctl help commands
	has "$output" "Say what the commands are"
	has "$output" "Options of every command:"
	run --separate-stderr -2 taskctl add --nonsense
	has "$stderr" nonsense
	has "$stderr" "taskctl help add"
	run --separate-stderr -2 taskctl --nonsense
	run --separate-stderr -2 taskctl help nonsense
	run --separate-stderr -2 taskctl whoami ann
	equals "$(taskctl --version)" "$(taskctl version | head -n 1)"
}

@test "global options may stand before the verb or behind it" {
	taskctl add -q one
	equals "$(taskctl -q list)" 1
	equals "$(taskctl list -q)" 1
	equals "$(taskctl --json=id list)" '[{"id":1}]'
}

@test "a first word of two says what may follow it" {
	run --separate-stderr -2 taskctl daemon
	equals "$output" ""
	has "$stderr" "usage: taskctl daemon COMMAND"
	has "$stderr" "daemon stop"
	run --separate-stderr -0 taskctl daemon --help
	has "$output" "daemon stop"
	equals "$(taskctl help daemon)" "$output"
	run --separate-stderr -2 taskctl daemon statsu
	has "$stderr" "did you mean \`daemon status\`?"
	run --separate-stderr -2 taskctl help daemon frobnicate
	has "$stderr" "start, stop, status"
}

@test "a first word of two is the list where there is one" {
	equals "$(taskctl session)" "$(taskctl session list)"
	equals "$(taskctl -q auth)" "$(taskctl auth list -q)"
	has "$(taskctl session --help)" "session revoke"
}

@test "help fits forty columns and sixty" {
	taskctl help --list | cut -f1 >names
	[ "$(wc -l <names)" -ge 17 ]
	for columns in 40 60; do
		export COLUMNS=$columns
		while read -r -a name; do
			taskctl help "${name[@]}" | sed '/^Examples:/,$d'
		done <names >said
		taskctl help >>said
		taskctl help commands >>said
		equals "$(sed 's/…/./g' said | awk -v most="$columns" 'length > most' | grep -E -v '^ +[^ ]+$')" "" # but for a word that is longer
	done
}

@test "help is wrapped as a whole, and what options do stands in one column" {
	for command in add list search "urgency set"; do
		# shellcheck disable=SC2086 # a name may have two words
		run -0 env COLUMNS=60 taskctl help $command
		for line in "${lines[@]:1}"; do
			[ ${#line} -le 60 ] || [ "${line#  taskctl}" != "$line" ] || equals "$line" "60 columns at most"
		done
	done
	has "$(COLUMNS=60 taskctl help add | grep -A 1 -e --recur-from)" "completion
                          what the next time"
}

@test "what was given as a day reads as that day, in whatever zone" {
	export TZ=America/New_York
	taskctl add -q one due:2101-05-04 wait:2101-05-01 until:2101-05-09 scheduled:2101-05-02
	taskctl add -q two --due "2101-05-04 00:00" --wait "2101-05-01 12:00"
	has "$(taskctl show 1)" "Due         2101-05-04
Wait until  2101-05-01
Scheduled   2101-05-02
Until       2101-05-09
"
	has "$(taskctl show 2)" "Due         2101-05-04 00:00
Wait until  2101-05-01 12:00
"
	has "$(TZ=Asia/Kolkata taskctl list 1)" "2101-05-05 09:29"
	equals "$(taskctl list 1 | tail -n 1 | tr -s ' ')" " 1 waiting 2101-05-04 one"
}
