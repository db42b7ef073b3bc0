#!/usr/bin/env bats
# Taskwarrior's command line: `taskctl tw`, and taskctl that is called `task`, beside the real one where it is there.
load helper

setup() {
	make_home
	theirs=$(command -v task || true)
	ln -s "$TASKCTL" "$scratch/bin/task"
	sign_up
}

teardown() {
	remove_home
}

# expect STATUS OUTPUT ARGS…: what `task ARGS` prints and how it ends, nobody to ask.
expect() {
	local status=$1 output=$2 found
	shift 2
	found=$(task "$@" 2>said </dev/null && echo '[0]' || echo "[$?]")
	[ "$found" = "${output:+$output$'\n'}[$status]" ] || {
		printf 'task %s\nfound:    %q\nexpected: %q\n' "$*" "$found" "${output:+$output$'\n'}[$status]" >&2
		cat said >&2
		return 1
	}
}

@test "tasks are added, changed and ended in Taskwarrior's words" {
	expect 0 'Created task 1.' add Buy milk proj:home +shop pri:H due:tomorrow
	expect 0 'Created task 2.' add Second
	expect 0 'Created task 3.' add Third
	expect 0 $'Modifying task 2 \'Second\'.\nModified 1 task.' 2 mod pri:L
	expect 0 $'Modifying task 2 \'Second one\'.\nModified 1 task.' 2 modify '/ond/ond one/'
	expect 0 'Modified 0 tasks.' 2 modify
	expect 0 $'Appending to task 2 \'Second one x\'.\nAppended 1 task.' 2 append x
	expect 0 $'Prepending to task 2 \'y Second one x\'.\nPrepended 1 task.' 2 prepend y
	expect 0 $'Annotating task 2 \'y Second one x\'.\nAnnotated 1 task.' 2 annotate a remark
	expect 0 $'Found annotation \'a remark\' and deleted it.\nDenotated 1 task.' 2 denotate remark
	expect 2 '' 2 denotate nothing
	expect 0 $'Starting task 2 \'y Second one x\'.\nStarted 1 task.' 2 start
	expect 1 $'Task 2 \'y Second one x\' already started.\nStarted 0 tasks.' 2 start
	expect 0 $'Stopping task 2 \'y Second one x\'.\nStopped 1 task.' 2 stop
	expect 1 $'Task 2 \'y Second one x\' not started.\nStopped 0 tasks.' 2 stop
	expect 0 $'Duplicated task 3 \'Third\'.\nCreated task 4.\nDuplicated 1 task.' 3 dup
	expect 0 $'Completed task 1 \'Buy milk\'.\nCompleted 1 task.' 1 done
	uuid=$(task +COMPLETED uuids)
	expect 1 "Task ${uuid:0:8} 'Buy milk' is neither pending nor waiting."$'\nCompleted 0 tasks.' "$uuid" done
	expect 0 "$(printf 'Deleting task 4 %s.\nDeleted 1 task.' "'Third'")" rc.confirmation=off 4 rm
	expect 0 'Purged 1 task.' rc.confirmation=off status:deleted purge
	expect 0 '' log Was done
	expect 0 '2' status:completed count
	expect 0 'Created task 6.' add -- +not a tag: pri:H
	expect 0 '+not a tag: pri:H' _get 6.description
}

@test "what is done with the text of a line: a remark of what it ends" {
	task add One >/dev/null
	expect 0 $'Completed task 1 \'One\'.\nCompleted 1 task.' 1 done at last +x
	equals "$(task _get 1.annotations.1.description 1.tags.x)" 'at last x'
}

@test "nothing that matches and what is missing have Taskwarrior's exit statuses" {
	task add One >/dev/null
	expect 1 '' 99 done
	has "$(cat said)" 'No tasks specified.'
	expect 1 '' rc.verbose=nothing project:none list
	expect 1 '' 99 information
	expect 1 '' 99 edit
	expect 0 $'[\n\n]' 99 export
	expect 0 '0' +nope count
	expect 2 '' add
	expect 2 '' 1 prepend
	expect 2 '' add x depends:99
	expect 2 '' add x due:someday-soon
	expect 2 '' 1 modify status:completed
	has "$(cat said)" 'man taskctl-taskwarrior'
	expect 2 '' _get
	expect 2 '' calc
	expect 2 '' context nosuch
}

@test "one task is asked about before it goes, and several from rc.bulk on" {
	for title in One Two Three; do task add "$title" >/dev/null; done
	expect 1 $'Delete task 1 \'One\'? (yes/no) Task not deleted.\nDeleted 0 tasks.' 1 delete
	equals "$(task 1 delete <<<n)" $'Delete task 1 \'One\'? (yes/no) Task not deleted.\nDeleted 0 tasks.' ||
		[ "$?" = 1 ]
	run task 1-3 mod +x <<<$'y\nquit'
	equals "$output" "This command will alter 3 tasks.
Modify task 1 'One'? (yes/no/all/quit) Modify task 2 'Two'? (yes/no/all/quit) Task not modified.
Task not modified.
Modifying task 1 'One'.
Modified 1 task."
	run task rc.confirmation=off 1-3 mod +y <<<all
	equals "${lines[*]: -1}" 'Modified 3 tasks.'
	run task rc.bulk=0 1-3 done </dev/null
	equals "$status ${lines[*]: -1}" '0 Completed 3 tasks.'
	equals "$(task status:completed count)" 3
	run taskctl undo
	equals "$(task status:completed count)" 0
	run task done </dev/null
	equals "$status" 2
	has "$output" 'This command has no filter, and will modify all'
	has "$output" 'Command prevented from running.'
}

@test "more tasks than the daemon takes at once are changed all the same" {
	for ((i = 0; i < 1005; i++)); do echo '{"title":"One"}'; done | taskctl import -q --from jsonl -
	equals "$(task rc.bulk=0 status:pending modify +x </dev/null | tail -1)" 'Modified 1005 tasks.'
	expect 0 1005 +x count
}

@test "settings of the line: verbose, json.array, context, default.command, reports" {
	expect 0 '' rc.verbose=nothing add One
	expect 0 'Created task 2.' rc.verbose:new-id add Two proj:p
	run task rc.verbose=new-uuid add Three
	[[ $output =~ ^Created\ task\ [0-9a-f-]{36}\.$ ]]
	equals "$(task rc.json.array=off export | wc -l)" 3
	equals "$(task export | jq length)" 3
	equals "$(task 2 export | jq -c '.[] | [.id, .description, .status, .project, (.urgency > 0.9)]')" \
		'[2,"Two","pending","p",true]'
	equals "$(task rc:/nowhere rc.default.command=count)" 3
	expect 0 '' rc.foo=bar log Four
	has "$(cat said)" 'rc.foo has no meaning here'
	task context define here proj:p >/dev/null
	equals "$(task rc.context=here count)" 1
	has "$(task rc.verbose=nothing rc.report.ls.filter=proj:p ls)" Two
	has_not "$(task rc.verbose=nothing rc.report.ls.filter=proj:p ls)" One
	equals "$(task rc.verbose=nothing rc.report.ls.columns=description,id ls | head -1)" 'Title  ID'
	has "$(task rc.verbose=nothing rc.report.ls.sort=description- ls | sed -n 2p)" Two
	has "$(task rc.verbose=nothing rc.report.ls.sort=description+ ls | sed -n 2p)" One
	equals "$(task limit:1 rc.verbose=affected ls | tail -1)" '1 task'
}

@test "every report runs" {
	task add One proj:p >/dev/null
	task add Two depends:1 wait:+3d due:+4d >/dev/null
	task add Three start: scheduled:yesterday due:yesterday recur:weekly >/dev/null || true
	task 1 start >/dev/null
	task log Four >/dev/null
	for report in $(task _zshcommands | sed -n 's/:report:.*//p'); do
		run task rc.verbose=label "$report" </dev/null
		[ "$status" -le 1 ] || { echo "$report: $output" >&2; return 1; }
	done
	has "$(task list)" One
	has "$(task completed)" Four
	has "$(task waiting)" Two
	has "$(task active)" One
	has "$(task all)" '1 task' || has "$(task all)" 'tasks'
	has "$(task li proj:p)" $'\n1 task'
	has "$(task 1)" 'Title       One'
	has "$(task One)" One
	expect 1 '' rc.verbose=nothing nosuchword
	taskctl report define mine status:completed --columns title >/dev/null
	has "$(task mine)" Four
	has_not "$(task mine)" One
	has "$(task proj: mine)" Four
	has_not "$(task proj:p mine 2>&1)" Four
}

@test "what scripts and completions ask" {
	task add One proj:p +a +b >/dev/null
	task add Two proj:p.q pri:H due:2030-05-06 >/dev/null
	task add Three >/dev/null
	task 2 annotate first >/dev/null
	task 1 done >/dev/null
	expect 0 $'2\n3' _ids
	expect 0 '2-3' ids
	expect 0 '1' +nope or status:completed count
	equals "$(task _uuids | wc -l)" 3
	equals "$(task uuids | wc -w)" 3
	expect 0 $'p\np.q' _unique project
	expect 0 $'a\nb' _unique tags
	expect 0 $'2:Two\n3:Three' _zshids
	equals "$(task _get 2.description 2.due.year 2.due 2.annotations.count 2.annotations.1.description 2.id)" \
		'Two 2030 2030-05-06T23:59:59 1 first 2'
	equals "$(task _get 1.tags.a 1.tags.c rc.bulk rc.nothing tw.version system.version 99.due)" 'a  3  2.6.2 2.6.2 '
	equals "$(task --version)" 2.6.2
	has "$(task _commands)" $'modify\nnewest'
	has "$(task _columns)" $'priority\nproject'
	has "$(task _show)" 'report.next.columns=id,'
	has "$(task show report.next)" 'report.next.sort'
	has "$(task _aliases)" rm
	has "$(task help)" 'Modifies the existing task'
	has "$(task projects)" p.q
	task 3 mod +c >/dev/null
	has "$(task tags)" c
}

@test "fields of one's own, as attributes" {
	expect 0 'Defined the attribute est.' config uda.est.type numeric
	expect 0 'Created task 1.' add One est:3
	expect 0 '3' _get 1.est
	expect 0 '1' est:3 count
	expect 0 $'est\npriority' _udas
	has "$(task _show)" uda.est.type=numeric
	expect 2 '' config color off
}

@test "contexts are defined, entered and left" {
	expect 0 "Context 'w' defined. Use 'task context w' to activate." context define w proj:w +x
	expect 0 w _context
	expect 0 "Context 'w' set. Use 'task context none' to remove." context w
	expect 0 'w project:w +x' _get rc.context rc.context.w.read
	expect 0 'Created task 1.' add One
	expect 0 'w x' _get 1.project 1.tags
	expect 0 'Context unset.' context none
	expect 2 '' context none
	expect 0 'No context is currently applied.' context show
	run task context delete w </dev/null
	equals "$status" 2
	has "$output" "Context 'w' not deleted."
	expect 0 "Context 'w' deleted." rc.confirmation=off context delete w
}

@test "what is imported is said, unless nothing is to be" {
	echo '[{"description":"One"},{"description":"Two","tags":["x"]}]' >tasks.json
	expect 0 $'Importing \'tasks.json\'\nAdded 2 tasks.' import tasks.json
	equals "$(task rc.verbose=nothing import <tasks.json)" ''
	expect 0 4 count
	expect 2 '' rc.verbose=nothing import nowhere.json
}

@test "undo asks, and takes back" {
	task add One >/dev/null
	has "$(task undo </dev/null)" 'No changes made.'
	expect 0 1 count
	has "$(task undo <<<yes)" 'Task removed.'
	expect 0 0 count
}

@test "calc works out numbers, dates and lengths of time" {
	expect 0 2 calc 1+1
	expect 0 P1DT2H calc 1 day + 2 hours
	expect 0 2015-01-08T00:00:00 calc 2015-01-01 + 1w
	expect 0 true calc '3 > 2 and not (1 > 2)'
	expect 2 '' calc 1 +
}

@test "the name of the program and the verb come to the same" {
	task add One >/dev/null
	equals "$(taskctl tw 1 export)" "$(task 1 export)"
	equals "$(taskctl tw -- +x count 2>&1)" "$(task -- +x count 2>&1)"
	has "$(taskctl tw --help)" 'usage: taskctl tw'
	has "$(taskctl help tw)" 'taskctl-taskwarrior(7)'
}

@test "the page has every command, and its examples run" {
	page=$BATS_TEST_DIRNAME/../../man/taskctl-taskwarrior.7
	for command in $(task _commands); do
		grep -qE "^\.It Cm (.* )?${command//./\\.}( |\$)" "$page" || { echo "not in the page: $command" >&2; return 1; }
	done
	grep '^taskctl tw ' "$page" >examples
	[ "$(wc -l <examples)" -ge 7 ]
	sed -i 's/calc eom - now/calc "eom - now"/' examples
	bash -euo pipefail examples </dev/null
}

# --- beside the real one ---

real() {
	printf 'confirmation=no\nuda.est.type=numeric\nverbose=affected,new-id\n' >taskrc
	mkdir -p taskdata
	TASKDATA=$scratch/taskdata TASKRC=$scratch/taskrc "$theirs" rc.data.location="$scratch/taskdata" "$@"
}

# What each of them does with the same lines; uuids and times are their own.
play() {
	"$1" add Buy milk proj:home +shop pri:H due:2030-01-01T12:00:00
	"$1" add 'Second task' est:3
	"$1" add Third wait:2030-01-01T00:00:00 scheduled:2029-12-01T00:00:00
	"$1" add Fourth depends:1 project:home.garden
	"$1" add Fifth +a +b
	"$1" log Was done +c
	"$1" 2 modify '/task/thing/' pri:L
	"$1" 2 annotate a remark
	"$1" 5 modify -a tags:b,d
	"$1" 5 append more
	"$1" 1 start
	"$1" 1 start
	"$1" 5 done
	"$1" 99 done
	"$1" +nosuch modify +x
	"$1" proj:home count
	"$1" status:pending count
	"$1" status:waiting count
	"$1" +b status:completed count
	"$1" due.before:2031-01-01 count
	"$1" '(+shop or pri:L)' count
	"$1" +shop or pri:L count
	"$1" milk count
	"$1" /thing/ count
	"$1" desc.startswith:S count
	"$1" proj.is:home count
	"$1" est:3 count
	"$1" project: count
	"$1" _get 1.description 1.project 1.tags.shop 1.due 2.priority 2.annotations.count 3.status 4.project 99.due
	"$1" _unique project
	"$1" calc 1+1 '*' 3
	"$1" calc 2015-01-01 + 1w
	"$1" calc 1 day + 2 hours
	"$1" _version
}

replay() {
	(set +e; play "$1" 2>/dev/null </dev/null; true)
}

statuses() {
	local line
	while read -r line; do
		# shellcheck disable=SC2086 # words of a line
		"$1" $line >/dev/null 2>&1 </dev/null && echo "$line: 0" || echo "$line: $?"
	done <<-'LINES'
		add
		99 done
		99 information
		+nosuch list
		1 start
		99 export
		context nosuch
		1 prepend
		calc
		_get
		_get 1.foo
		add x depends:99
		add x pri:X
		_unique
		5 done
	LINES
}

@test "the real one says and keeps the same" {
	[ -n "$theirs" ] && command -v jq >/dev/null || skip 'taskwarrior or jq is not installed'
	task config uda.est.type numeric >/dev/null
	replay task >ours.txt
	replay real >theirs.txt
	diff ours.txt theirs.txt
	shape='map(del(.uuid, .entry, .modified, .end, .start, .urgency, .id) | .depends = (.depends // [] | length) |
		.annotations = [.annotations[]?.description] | .tags = (.tags // [] | sort)) | sort_by(.description)'
	task export | jq -S "$shape" >ours.json
	real export | jq -S "$shape" >theirs.json
	diff ours.json theirs.json
	# Open tasks are as urgent there as here, but for what passes while this runs.
	urgency='map(select(.status == "pending") | [.description, (.urgency * 10 | round)]) | sort'
	equals "$(task export | jq -c "$urgency")" "$(real export | jq -c "$urgency")"
	diff <(statuses task) <(statuses real)
}
