#!/usr/bin/env bats
# Tasks from other programs and for them, and Taskwarrior as a live peer.
load helper

setup() {
	make_home
	sign_up
}

teardown() {
	remove_home
}

# tw ARGS…: Taskwarrior with data of its own.
tw() {
	printf 'confirmation=no\nverbose=nothing\nuda.est.type=numeric\nuda.who.type=string\n' >"$scratch/taskrc"
	mkdir -p "$scratch/taskdata"
	TASKDATA=${tw_data:-$scratch/taskdata} TASKRC=$scratch/taskrc task rc.data.location="${tw_data:-$scratch/taskdata}" "$@"
}

need_taskwarrior() {
	command -v task >/dev/null && command -v jq >/dev/null || skip 'taskwarrior or jq is not installed'
}

# Without what each program counts by itself.
normal() {
	jq -S 'map(del(.id, .urgency)) | sort_by(.uuid)' "$1"
}

@test "an export is imported into another account as it was" {
	taskctl add 'Buy "milk", \ and é' project:home.food +shop pri:H due:2030-01-01 >/dev/null
	taskctl add Second wait:2030-01-01 >/dev/null
	taskctl add Third >/dev/null
	taskctl done 3 >/dev/null
	taskctl export --all -o all.jsonl
	equals "$(stat -c %a all.jsonl)" 600
	sign_up bob@example.com
	log_in bob@example.com >/dev/null
	run --separate-stderr taskctl --account bob@example.com import all.jsonl
	equals "$status $output" '0 Added 3 tasks.'
	has "$stderr" 'taskctl undo'
	taskctl --account bob@example.com export --all >again.jsonl
	cmp all.jsonl again.jsonl
	equals "$(taskctl --account bob@example.com import all.jsonl)" 'Added 0 tasks, 3 as they were.'
	taskctl --account bob@example.com undo >/dev/null
	equals "$(taskctl --account bob@example.com export --all)" '{"taskctl":1}'
}

@test "what is wrong is said by its line, and nothing is taken" {
	printf '%s\n' '{"title":"a"}' '{"titel":"b"}' '' '{bad' '{"title":"c","due":"someday soon"}' >tasks.jsonl
	run --separate-stderr taskctl import tasks.jsonl
	equals "$status" 3
	has "$stderr" 'line 2: a task has no member `titel`'
	has "$stderr" 'line 4: no JSON'
	has "$stderr" 'line 5: due: '
	has "$stderr" '3 of the tasks cannot be taken, so none was'
	has "$stderr" --partial
	equals "$(taskctl export --all | wc -l)" 1
	run --separate-stderr taskctl import --partial tasks.jsonl
	equals "$status $output" '0 Added 1 task, 3 left out.'
	equals "$(taskctl import --dry-run --json --from jsonl - <<<'{"title":"d"}')" '{"added":1,"updated":0,"unchanged":0}'
	equals "$(taskctl export --all | wc -l)" 2
}

@test "formats are guessed, or asked for" {
	printf '(A) One +p @t\nx 2026-01-02 2026-01-01 Two\n' >todo.txt
	printf 'title,tags\r\n"a, b","x y"\r\n' >tasks.csv
	printf -- '- [ ] Food\n  - [x] Milk\n' >list.md
	for file in todo.txt tasks.csv list.md; do taskctl import -q "$file"; done
	equals "$(taskctl export --all --to markdown)" $'- [ ] One\n- [x] Two\n- [ ] a, b\n- [ ] Food\n  - [x] Milk'
	has "$(taskctl export --to todotxt +t)" ' One +p @t'
	has "$(taskctl export --to csv +x)" ',"a, b",pending,,x y,'
	run --separate-stderr taskctl import <<<'anything'
	equals "$status" 2
	has "$stderr" '--from todotxt'
	run --separate-stderr taskctl import --from todotx todo.txt
	has "$stderr" 'did you mean todotxt?'
	run --separate-stderr taskctl export --to json
	has "$stderr" 'is read and not written'
	printf 'title\ncaf\351\n' >latin1.csv
	run --separate-stderr taskctl import latin1.csv
	has "$stderr" 'line 2 is not UTF-8'
}

@test "an export as a calendar is imported into another account as it was" {
	taskctl field define size number 2>/dev/null
	taskctl add 'Buy "milk", \ and é' project:home.food +shop pri:H due:2030-01-01 scheduled:2029-12-01 --set size=2.5 >/dev/null
	taskctl add Second wait:2030-01-01 due:2030-05-01T10:00 depends:1 >/dev/null
	taskctl add Third >/dev/null
	printf 'one\n\ttwo; three\n' | taskctl note 3 - 2>/dev/null
	taskctl annotate 3 'a; b' >/dev/null
	taskctl done 3 >/dev/null
	TZ=Europe/Berlin taskctl add Fourth due:2030-01-31T08:00 recur:monthly >/dev/null
	taskctl export --all -o all.jsonl
	taskctl export --all --to ical -o all.ics
	sign_up bob@example.com
	log_in bob@example.com >/dev/null
	taskctl --account bob@example.com import all.ics
	taskctl --account bob@example.com export --all >again.jsonl
	cmp all.jsonl again.jsonl
	taskctl --account bob@example.com export --all --to ical | cmp all.ics -
	equals "$(grep -c $'\r$' all.ics)" "$(wc -l <all.ics)"
	has "$(taskctl export --to ical id:1)" 'DUE;VALUE=DATE:20300101'
	has "$(<all.ics)" 'X-TASKCTL-FIELD;X-NAME=size:2.5'
	has "$(<all.ics)" 'DESCRIPTION:one\n'
	has "$(<all.ics)" 'DUE;TZID=Europe/Berlin:20300131T080000'
	has "$(<all.ics)" 'BYMONTHDAY=28,29,30,31;BYSETPOS=-1'
	equals "$(taskctl export --to ical +nothing | tr -d '\r' | tail -1)" 'END:VCALENDAR'
}

@test "calendars as other programs write them are imported" {
	local calendars=$BATS_TEST_DIRNAME/calendars
	run --separate-stderr taskctl import "$calendars/nextcloud.ics"
	equals "$status $output" '0 Added 2 tasks.'
	has "$stderr" 'note: line 7: a category is the tag Spring_work here'
	has "$(taskctl export --all status:completed)" '"parent":"0d9f3a52-70c3-4f5a-9a3b-2f6f1d6a7c01"'
	run --separate-stderr taskctl import - <"$calendars/apple.ics"
	equals "$status $output" '0 Added 1 task.'
	has "$stderr" 'note: line 37: one VALARM was left out'
	has "$(taskctl export --all status:recurring)" '"due":"2026-07-03T07:00:00Z","recur":"FREQ=MONTHLY;BYDAY=1FR"'
	run --separate-stderr taskctl import "$calendars/thunderbird.ics"
	equals "$status $output" '0 Added 3 tasks.'
	has "$stderr" 'note: line 4: one VEVENT was left out'
	has "$stderr" 'line 10: EXDATE is kept'
	taskctl import -q "$calendars/tasks_org.ics"
	has "$(taskctl export --all ical_uid:4611686018427387904)" '"due":"2026-06-02T08:00:00Z"'
	taskctl import -q "$calendars/outlook.ics"
	has "$(taskctl export --all /lease/)" '"due":"2026-07-10T16:00:00Z","scheduled":"2026-07-10T06:00:00Z"'
	# The same tasks, whatever they are called by: nothing is there twice.
	equals "$(taskctl import "$calendars/thunderbird.ics" 2>/dev/null)" 'Added 0 tasks, 3 as they were.'
	has "$(taskctl export --all --to ical)" 'UID:7B1F6E0A-4C55-4E0B-8B8E-5B61C2A4D9E1'
	has "$(taskctl export --all --to ical)" 'RELATED-TO;RELTYPE=DEPENDS-ON:letter@desk.example.org'
}

@test "what is wrong with a calendar is said by its line" {
	printf '%s\n' BEGIN:VCALENDAR BEGIN:VTODO SUMMARY:a DUE:soon END:VTODO BEGIN:VTODO SUMMARY:b END:VTODO \
		BEGIN:VTODO $'SUMMARY:caf\351' END:VTODO BEGIN:VTODO SUMMARY:c END:VCALENDAR >bad.ics
	run --separate-stderr taskctl import bad.ics
	equals "$status" 3
	has "$stderr" 'line 2: DUE: `soon` is not a time'
	has "$stderr" 'line 9: it is not UTF-8'
	has "$stderr" 'line 12: its END:VTODO is missing'
	equals "$(taskctl export --all | wc -l)" 1
	run --separate-stderr taskctl import --partial bad.ics
	equals "$status $output" '0 Added 1 task, 3 left out.'
	# A fold may lie within a character.
	printf 'BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:caf\303\r\n \251\r\nEND:VTODO\r\nEND:VCALENDAR\r\n' |
		taskctl import -q -
	has "$(taskctl export --all --to markdown)" '- [ ] café'
}

@test "what Taskwarrior exports we import, and what we export it imports" {
	need_taskwarrior
	tw add 'Buy "milk" \ [x]' project:home.food +shop +b pri:H due:2030-01-01 est:3.5 who:bob >/dev/null
	tw add Later wait:2030-01-01 scheduled:2030-01-02 until:2031-01-01 depends:1 >/dev/null
	tw add Weekly recur:weekly due:2030-01-01 +r >/dev/null
	tw add Gone >/dev/null
	tw add Finished >/dev/null
	tw 1 annotate 'a remark: "x"' >/dev/null
	tw 1 start >/dev/null
	tw list >/dev/null || true
	tw Gone delete >/dev/null
	tw Finished done >/dev/null
	tw export >from.json
	[ "$(jq length from.json)" -ge 6 ]
	taskctl import -q from.json
	taskctl export --all --to taskwarrior >to.json
	equals "$(normal to.json)" "$(normal from.json)"
	tw_data=$scratch/otherdata
	mkdir "$tw_data"
	tw import to.json >/dev/null 2>&1
	tw export >back.json
	equals "$(normal back.json)" "$(normal from.json)"
	# Its files are read as well.
	tw_data=$scratch/taskdata
	tw export >from.json
	sign_up bob@example.com
	log_in bob@example.com >/dev/null
	taskctl --account bob@example.com import -q "$scratch/taskdata/pending.data"
	taskctl --account bob@example.com import -q "$scratch/taskdata/completed.data"
	taskctl --account bob@example.com export --all --to taskwarrior >to.json
	equals "$(normal to.json)" "$(normal from.json)"
}

@test "what we have made Taskwarrior takes" {
	need_taskwarrior
	taskctl add Monthly due:2030-01-31 recur:monthly >/dev/null
	taskctl add Fridays due:2030-01-04 'recur:FREQ=WEEKLY;BYDAY=FR' >/dev/null
	taskctl add Part parent:2 --note 'more of it' >/dev/null
	taskctl export --all --to taskwarrior >to.json 2>said
	has "$(cat said)" '1 task was left out'
	tw import to.json >/dev/null 2>&1
	tw export >back.json
	equals "$(normal back.json)" "$(normal to.json)"
	sign_up bob@example.com
	log_in bob@example.com >/dev/null
	taskctl --account bob@example.com import -q back.json
	taskctl --account bob@example.com export --all --to taskwarrior >again.json
	equals "$(normal again.json)" "$(normal to.json)"
}
