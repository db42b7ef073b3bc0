#!/usr/bin/env bats
# What a format keeps comes back: exported, imported into an empty account, and exported again, it is the same text.
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

make_tasks() {
	taskctl field define cost number
	taskctl add -q "Buy milk" project:home.kitchen +shop +food pri:H due:2040-03-01 --set cost=3
	taskctl add -q 'A "quoted", comma; semicolon: colon' pri:L due:2040-03-02T08:30:00Z
	taskctl add -q $'Un titre accentu\xc3\xa9 \xe2\x80\x94 \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e' +tag
	taskctl add -q "Needs the first" depends:1 wait:2039-01-01
	taskctl add -q "A part" parent:3 pri:M
	taskctl add -q "Weekly" due:2040-01-02 recur:weekly
	taskctl add -q -- "-starts with a dash"
	taskctl add -q "Is done" project:home
	taskctl note 1 $'Two lines\nof a note, with a \\ and a "quote"'
	taskctl annotate -q 1 "remembered it"
	taskctl "done" -q 8
	taskctl add -q "Is deleted"
	taskctl delete -q 9
}

# comes_back FORMAT: in accounts of their own.
comes_back() {
	taskctl export --to "$1" --all -o first
	[ "$(wc -l <first)" -ge 8 ]
	sign_up "$1@example.com"
	taskctl import --from "$1" first >said 2>&1 || {
		cat said >&2
		return 1
	}
	taskctl export --to "$1" --all -o second
	diff first second || {
		echo "$1 does not come back" >&2
		return 1
	}
	taskctl auth switch -q ann@example.com
}

@test "every format comes back as it went" {
	make_tasks >made
	for format in jsonl taskwarrior todotxt csv markdown; do
		comes_back "$format"
	done
}
