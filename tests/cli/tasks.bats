#!/usr/bin/env bats
# Adding, looking, changing.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "add says the id, and with -q prints it alone" {
	equals "$(taskctl add Buy milk)" "Added task 1: Buy milk"
	equals "$(taskctl add -q "Buy bread")" 2
	equals "$(taskctl add "Buy salt" -q)" 3
}

@test "quick words and options say the same" {
	taskctl add -q "Pay the rent" project:home.flat +money +monthly pri:H due:2030-12-01T09:00:00Z wait:2020-01-01T00:00:00Z
	taskctl add -q "Pay the rent" --project home.flat --tag money --tag monthly --priority H --due 2030-12-01T09:00:00Z \
		--wait=2020-01-01T00:00:00Z
	fields=title,project,tags,priority,due,wait
	equals "$(taskctl show 1 --json=$fields)" "$(taskctl show 2 --json=$fields)"
	equals "$(taskctl show 1 --json | jq -c '[.project, .tags, .priority, .due]')" \
		'["home.flat",["money","monthly"],"H","2030-12-01T09:00:00Z"]'
}

@test "any text is a title behind --" {
	for title in '-x' '--json' '+tag' 'project:home' "it's \$HOME; \`rm\`" '3' 'deu:x' '牛奶 🥛'; do
		id=$(taskctl add -q -- "$title")
		equals "$(taskctl show "$id" --format '{title}')" "$title"
	done
	id=$(taskctl add -q "+two words")
	equals "$(taskctl show "$id" --format '{title}')" "+two words"
}

@test "a slip in an attribute's name is refused with the right one" {
	run --separate-stderr -2 taskctl add Buy milk deu:tomorrow
	has "$stderr" "due:tomorrow"
	run --separate-stderr -2 taskctl lsit
	has "$stderr" 'did you mean `list`'
	run --separate-stderr -2 taskctl list --json=tilte
	has "$stderr" 'did you mean `title`'
	equals "$(taskctl list -q)" ""
	taskctl add -q "see http://example.com/x" note:x
	equals "$(taskctl show 1 --format '{title}')" "see http://example.com/x note:x"
}

@test "a bad value names its field, and nothing is added" {
	for bad in "pri:X" "due:tomorow" "due:2026-13-01T00:00:00Z" "wait:x" "project:a..b" "+a b,c"; do
		run --separate-stderr taskctl add title "$bad"
		[ "$bad" = "+a b,c" ] || equals "$status" 2
	done
	run --separate-stderr -2 taskctl add
	has "$stderr" title
	run --separate-stderr -2 taskctl add ""
	run --separate-stderr -2 taskctl add "$(printf 'two\nlines')"
	equals "$(taskctl list -q | wc -l)" 1
}

@test "a date is read in the time zone of whoever asks, and shown in it" {
	TZ=Asia/Kolkata taskctl add -q one --due "2101-05-04 17:00"
	equals "$(taskctl show 1 --format '{due}')" 2101-05-04T11:30:00Z
	has "$(TZ=Asia/Kolkata taskctl list)" "2101-05-04 17:00"
	TZ=:/usr/share/zoneinfo/Pacific/Apia taskctl add -q two due:2101-05-04
	equals "$(taskctl show 2 --format '{due}')" 2101-05-04T10:59:59Z
	TZ='CET-1CEST,M3.5.0,M10.5.0/3' taskctl add -q three due:2101-05-04
	equals "$(taskctl show 3 --format '{due}')" 2101-05-04T21:59:59Z
	taskctl modify 3 wait:due-2d
	equals "$(taskctl show 3 --format '{wait}')" 2101-05-02T21:59:59Z
	TZ=Europe/Berln run --separate-stderr -2 taskctl add four due:today
	has "$stderr" 'did you mean `Europe/Berlin`'
}

@test "a date that is not understood is shown with a caret under the place" {
	run --separate-stderr -2 taskctl add one --due "fri 25:00"
	equals "$stderr" "taskctl: due: the hour must be between 0 and 23 at column 5; write for example tomorrow 17:00 or 2026-11-23 14:00
         fri 25:00
             ^
         what a date may be: taskctl help dates"
	run --separate-stderr -2 taskctl list project:home due:tomorow
	equals "$stderr" "taskctl: due: \`tomorow\` is no word for a date; did you mean \`tomorrow\`? at column 18; write for example tomorrow 17:00 or 2026-11-23 14:00
         project:home due:tomorow
                          ^
         what a filter may be: taskctl help filters"
}

@test "what became title and was perhaps meant otherwise is said" {
	run --separate-stderr -0 taskctl add Meet Ann "due:fri 17:00"
	equals "$output" "Added task 1: Meet Ann due:fri 17:00"
	equals "$stderr" "\`due:fri 17:00\` became part of the title. If that was not meant: --due 'fri 17:00'"
	run --separate-stderr -0 taskctl modify 1 due:fri 17:00
	has "$stderr" "\`17:00\` became part of the title"
	for given in "-q Meet due:fri" "-q -- due:fri" "--json Meet due:fri"; do
		# shellcheck disable=SC2086 # several words
		run --separate-stderr -0 taskctl add $given 17:00
		equals "$stderr" ""
	done
}

@test "list finds by project, tag, status and id" {
	taskctl add -q one project:home +aa
	taskctl add -q two project:home.garden +aa +bb
	taskctl add -q three project:work
	taskctl add -q four wait:2099-01-01T00:00:00Z
	taskctl "done" 3
	equals "$(taskctl list -q | paste -s -d ' ')" "1 2"
	equals "$(taskctl list -q project:home | paste -s -d ' ')" "1 2"
	equals "$(taskctl list -q project:home.garden)" 2
	equals "$(taskctl list -q +aa -bb)" 1
	equals "$(taskctl list -q -bb)" 1
	equals "$(taskctl list -q -f '+aa -bb')" 1
	equals "$(taskctl list -q status:completed)" 3
	equals "$(taskctl list -q status:waiting)" 4
	equals "$(taskctl list -q --all | paste -s -d ' ')" "1 2 3 4"
	equals "$(taskctl list -q 2-4 | paste -s -d ' ')" "2 3 4"
	equals "$(taskctl list -q 1,3 | paste -s -d ' ')" "1 3"
	equals "$(taskctl list -q --all --limit 2 | paste -s -d ' ')" "1 2"
}

@test "what a filter cannot do is refused by name" {
	for term in due:tody words "a or b" 'due.befor:eow' priority:X '(+shop'; do
		run --separate-stderr -2 taskctl list -f "$term"
		equals "$output" ""
	done
	run --separate-stderr -2 taskctl list deu:today
	has "$stderr" 'did you mean `due`'
}

@test "a filter is a whole language" {
	taskctl add -q "Buy milk" project:home +shop due:today pri:H
	taskctl add -q "Write the report" project:work due:tomorrow
	taskctl add -q "Sort the boxes"
	equals "$(taskctl list -q due:today)" 1
	equals "$(taskctl list -q +shop or project:work | paste -s -d ' ')" "1 2"
	equals "$(taskctl list -q 'due.after:today or (pri>=M and not /report/)' | paste -s -d ' ')" "1 2"
	equals "$(taskctl list -q 'not (+shop or 2)')" 3
	equals "$(taskctl list -q +TODAY)" 1
	equals "$(taskctl list -q /REPORT/)" 2
	equals "$(taskctl list -q '/the (report|boxes)/r' | paste -s -d ' ')" "2 3"
	equals "$(taskctl list -q +LATEST)" 3
	taskctl modify -f 'due<=tomorrow +shop' pri:L
	equals "$(taskctl list -q pri:L)" 1
}

@test "an empty list is no failure" {
	run --separate-stderr -0 taskctl list project:none
	equals "$output" ""
	equals "$(taskctl list --json project:none)" "[]"
}

@test "show of what is not there is exit status 1, whoever has it" {
	taskctl add -q mine
	sign_up bob@example.com
	run --separate-stderr -1 taskctl show 1
	theirs=$stderr
	taskctl add -q "bob's own"
	run --separate-stderr -1 taskctl show 2
	equals "${stderr//2/1}" "$theirs"
}

@test "modify changes, clears and tags" {
	taskctl add -q "Buy milk" project:home pri:H +aa +bb due:2030-01-01T00:00:00Z
	equals "$(taskctl modify 1 Buy oat milk pri:L -aa +cc due:)" "Changed task 1: Buy oat milk"
	equals "$(taskctl show 1 --json | jq -c '[.title, .priority, .tags, .due, .project]')" \
		'["Buy oat milk","L",["bb","cc"],null,"home"]'
	run --separate-stderr -2 taskctl modify 1
	run --separate-stderr -2 taskctl modify pri:H
	has "$stderr" "which tasks"
	run --separate-stderr -1 taskctl modify 7 pri:H
}

@test "start, stop, done, delete and restore" {
	taskctl add -q "Buy milk"
	equals "$(taskctl start 1)" "Started task 1: Buy milk"
	run --separate-stderr -3 taskctl start 1
	equals "$(taskctl stop 1)" "Stopped task 1: Buy milk"
	equals "$(taskctl "done" 1)" "Completed task 1: Buy milk"
	run --separate-stderr -3 taskctl "done" 1
	equals "$(taskctl delete 1)" "Deleted task 1: Buy milk"
	equals "$(taskctl restore 1)" "Restored task 1: Buy milk"
	equals "$(taskctl list -q)" 1
}

@test "a uuid names a task as well as its id" {
	taskctl add -q "Buy milk"
	uuid=$(taskctl show 1 --format '{uuid}')
	equals "$(taskctl show "${uuid:0:8}" -q)" 1
	taskctl "done" "$uuid"
	equals "$(taskctl show "$uuid" --format '{status}')" completed
}

@test "ids are all or nothing" {
	for title in one two; do taskctl add -q $title; done
	run --separate-stderr -1 taskctl "done" 1,9
	equals "$(taskctl list -q | wc -l)" 2
	taskctl "done" 1 2
	equals "$(taskctl list -q | wc -l)" 0
}

@test "a write without a selection is a usage error, never all" {
	taskctl add -q one
	for command in "done" delete start stop restore; do
		run --separate-stderr -2 taskctl $command
		has "$stderr" "which tasks"
	done
	run --separate-stderr -2 taskctl "done" milk
	run --separate-stderr -2 taskctl "done" 1 -f +a
	equals "$(taskctl list -q)" 1
}

@test "three or more at once want --yes where nobody can be asked" {
	for title in one two three; do taskctl add -q $title project:p; done
	run --separate-stderr -2 taskctl "done" -f project:p </dev/null
	has "$stderr" "3 tasks"
	has "$stderr" "--yes"
	run --separate-stderr -2 taskctl "done" 1-3 </dev/null
	equals "$(taskctl list -q | wc -l)" 3
	equals "$(taskctl "done" 1-3 --dry-run | wc -l)" 3
	equals "$(taskctl list -q | wc -l)" 3
	taskctl "done" -f project:p --yes
	equals "$(taskctl list -q | wc -l)" 0
}

@test "two by a filter need no question" {
	taskctl add -q one project:p
	taskctl add -q two project:p
	taskctl delete -f project:p </dev/null
	equals "$(taskctl list -q status:deleted | wc -l)" 2
}

@test "a change by a filter that finds nothing is exit status 1" {
	run --separate-stderr -1 taskctl "done" -f project:none
	has "$stderr" "no task matches"
	run --separate-stderr -1 taskctl "done" -f project:none --yes
}

@test "a dry run of add adds nothing" {
	equals "$(taskctl add --dry-run Buy milk +shop)" "Would add: Buy milk"
	run --separate-stderr -2 taskctl add -n Buy milk pri:X
	equals "$(taskctl list -q)" ""
	equals "$(taskctl add -q first)" 1
}

@test "a script with set -e goes from end to end" {
	cat >script <<-'END'
		set -eu
		id=$(taskctl add -q "Release" project:work)
		taskctl start "$id" >/dev/null
		taskctl done "$id" >/dev/null
		taskctl list -q status:completed
	END
	equals "$(sh script)" 1
}
