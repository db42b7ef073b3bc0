#!/usr/bin/env bats
# A task in an editor: its form, what the daemon does not take, and that no text is lost.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home && sign_up
	unset VISUAL
	export TMPDIR=$scratch/tmp
	mkdir "$TMPDIR"
}
teardown() { remove_home; }

# editor COMMAND: an editor that runs it with the file as $1, and notes what the file was.
editor() {
	printf '#!/bin/bash\ncp "$1" "%s/seen"\nstat -c "%%a" "$1" "$(dirname "$1")" >"%s/modes"\n%s\n' "$scratch" "$scratch" "$1" >bin/ed-it
	chmod +x bin/ed-it
	export EDITOR="ed-it"
}

nothing_left() {
	equals "$(ls "$TMPDIR")" ""
}

@test "the form has every field, and what is changed in it is changed" {
	taskctl field define cost number
	taskctl field define size string --choices S,M
	taskctl field define seen date
	taskctl add -q whole
	taskctl add -q first
	taskctl add -q "Pay: the rent # now" project:home +money +mm pri:H --due "2101-05-04 17:00" parent:1 depends:2 \
		--set cost=120.5 --set seen=2101-01-01 --note "$(printf '# Way\n---\n\tleft')"
	editor 'sed -i "s/^title:.*/title: Pay the tax/; s/^project:.*/project:/; s/^tags:.*/tags: tax, mm/; s/^due: /due:due+1d /;
		s/^due:due+1d .*/due: 2101-05-05 09:00/; s/^wait:.*/wait: due-2d/; s/^depends:.*/depends: 1,2/; s/^parent:.*/parent:/
		s/^fields.cost:.*/fields.cost:/; s/^fields.size:.*/fields.size: M/; s/left/right/" "$1"'
	equals "$(taskctl edit 3)" "Changed task 3: Pay the tax"
	equals "$(grep -v '^# \(Nothing\|Lines\)' seen)" "title: Pay: the rent # now
project: home
tags: mm money
priority: H
due: 2101-05-04 17:00
wait: 
scheduled: 
until: 
parent: 1
depends: 2
fields.cost: 120.5
fields.seen: 2101-01-01 00:00
fields.size: 
---
# Way
---
	left"
	equals "$(paste -s -d ' ' modes)" "600 700"
	equals "$(taskctl show 3 --json | jq -c '[.title,.project,.tags,.priority,.due,.wait,.parent,.depends,.fields,.note,.version]')" \
		'["Pay the tax",null,["mm","tax"],"H","2101-05-05T09:00:00Z","2101-05-03T09:00:00Z",null,[1,2],{"seen":"2101-01-01T00:00:00Z","size":"M"},"# Way\n---\n\tright",2]'
	nothing_left
	taskctl undo
	equals "$(taskctl show 3 --format '{title}')" "Pay: the rent # now"
}

@test "what is not changed, or not there any more, stays" {
	taskctl add -q one +aa due:2101-05-04 --note text
	editor true
	run --separate-stderr -0 taskctl edit 1
	equals "$output" ""
	equals "$stderr" "Nothing was changed."
	editor ': >"$1"'
	taskctl edit 1
	editor 'echo "priority: L" >"$1"'
	taskctl edit -q 1
	equals "$(taskctl show 1 --format '{title} {tags} {priority} {due} {note} {version}')" "one aa L 2101-05-04T23:59:59Z text 2"
	editor 'sed -i "/^---/q" "$1"'
	taskctl edit -q 1
	equals "$(taskctl note 1 2>/dev/null)" ""
	nothing_left
}

@test "a failing editor and one that is not there leave the task alone" {
	taskctl add -q one
	editor 'exit 3'
	run --separate-stderr -2 taskctl edit 1
	has "$stderr" 'the editor `ed-it` failed'
	nothing_left
	editor 'kill -INT $$'
	run --separate-stderr -130 taskctl edit 1
	has "$stderr" interrupted
	nothing_left
	editor 'sed -i "s/one/two/" "$1"; exit 1'
	run --separate-stderr -2 taskctl edit 1
	has "$stderr" "your text is in $TMPDIR/taskctl-edit."
	grep -q "title: two" "$TMPDIR"/taskctl-edit.*/task-1.md
	EDITOR=no-such-editor run --separate-stderr -2 taskctl edit 1
	has "$stderr" 'there is no editor `no-such-editor`'
	unset EDITOR
	run --separate-stderr -2 taskctl edit 1 </dev/null
	has "$stderr" "there is no editor to open"
	equals "$(taskctl show 1 --format '{title} {version}')" "one 1"
}

@test "VISUAL goes before EDITOR, and may have options" {
	taskctl add -q one
	EDITOR=false VISUAL="sed -i s/one/two/" taskctl edit -q 1
	equals "$(taskctl show 1 --format '{title}')" two
}

@test "a change in between is a conflict, and the text stays" {
	taskctl add -q one
	editor 'taskctl modify -q 1 pri:H; sed -i "s/one/two/" "$1"'
	run --separate-stderr -3 taskctl edit 1
	has "$stderr" "task 1 has changed"
	has "$stderr" "your text is in $TMPDIR/taskctl-edit."
	grep -q "title: two" "$TMPDIR"/taskctl-edit.*/task-1.md
	equals "$(taskctl show 1 --format '{title} {priority}')" "one H"
}

@test "what is wrong in the form is said, and without a terminal the text stays" {
	taskctl field define cost number
	taskctl add -q one
	for wrong in "s/^due:/deu:/ did you mean" "s/^due:.*/due:tomorow/ tomorow" "s/^tags:.*/milk/ milk" "s/^title:.*/title:/ title" \
		"s/^project:/due:tomorrow\ndue:/ twice" "s/^depends:.*/depends:1-2/ 1-2" "s/^fields.cost:.*/fields.cost:x/ cost" \
		"s/^parent:.*/parent:x/ parent" "s/^title:.*/status:done/ status"; do
		editor "sed -i '${wrong%/*}/' \"\$1\""
		run --separate-stderr -2 taskctl edit 1 </dev/null
		has "$stderr" "${wrong##*/ }"
		has "$stderr" "your text is in"
	done
	editor 'printf "title: \\xff\n" >"$1"'
	run --separate-stderr -2 taskctl edit 1 </dev/null
	has "$stderr" UTF-8
	equals "$(taskctl show 1 --format '{title} {version}')" "one 1"
}

@test "on a terminal the editor opens again with what is wrong, until it is taken" {
	taskctl add -q one
	editor 'grep "^#" "$1" >>seen-comments
		if grep -q tomorow "$1"; then sed -i "s/tomorow/2101-05-04/" "$1"; else sed -i "s/^due:.*/due: tomorow/" "$1"; fi'
	echo "wait Changed task 1" | "$ON_TERMINAL" 80 taskctl edit 1
	equals "$(taskctl show 1 --format '{due}')" 2101-05-04T23:59:59Z
	has "$(cat seen-comments)" "# Save it as it is to give up."
	has "$(cat seen-comments)" tomorow
	nothing_left
	editor 'sed -i "s/^due:.*/due: tomorow/" "$1"'
	run -2 "$ON_TERMINAL" 200 taskctl edit 1 </dev/null
	has "$output" "your text is in $TMPDIR/taskctl-edit."
	equals "$(taskctl show 1 --format '{version}')" 2
}

@test "Ctrl-C is the editor's" {
	taskctl add -q one
	editor 'trap "" INT; echo ready; read -r line; sed -i "s/one/$line/" "$1"'
	printf 'wait ready\nsend \\ctwo\\r\nwait Changed\n' | "$ON_TERMINAL" 80 taskctl edit 1
	equals "$(taskctl show 1 --format '{title}')" two
	editor 'echo ready; read -r line'
	printf 'wait ready\nsend \\c\n' | run -130 "$ON_TERMINAL" 80 taskctl edit 1
	equals "$(taskctl show 1 --format '{title} {version}')" "two 2"
	nothing_left
}

@test "one task is edited, and no series" {
	taskctl add -q "Water the plants" due:2101-05-04 recur:weekly
	editor true
	run --separate-stderr -3 taskctl edit "$(taskctl series -q | head -n 1)"
	has "$stderr" "taskctl series modify"
	run --separate-stderr -2 taskctl edit 1-2
	has "$stderr" "which task"
	run --separate-stderr -2 taskctl edit
	run --separate-stderr -2 taskctl edit 2 due:tomorrow
	run --separate-stderr -1 taskctl edit 77
	nothing_left
}
