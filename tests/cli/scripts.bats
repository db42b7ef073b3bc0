#!/usr/bin/env bats
# What scripts ask for: numbers, fields, waiting, rows, ids from standard input.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "count says how many tasks list would show" {
	equals "$(taskctl count)" 0
	taskctl add -q one project:home
	taskctl add -q two
	taskctl add -q three wait:2040-01-01
	taskctl "done" 2
	equals "$(taskctl count)" 1
	equals "$(taskctl count --all)" 3
	equals "$(taskctl count 2-3)" 2
	equals "$(taskctl count project:home -shop)" 1
	equals "$(taskctl count -f 'status:completed')" 1
	equals "$(taskctl count -q --json)" '{"count":1}'
	run --separate-stderr -2 taskctl count 'due<'
}

@test "count stays in the context, but ids do not" {
	taskctl add -q one project:work
	taskctl add -q two
	taskctl context set work project:work >said
	taskctl context use work 2>said
	equals "$(taskctl count 2>said)" 1
	has "$(cat said)" work
	equals "$(taskctl count -q 2>&1)" 1
	equals "$(taskctl count 2)" 1
}

@test "get prints a value a line, and nothing when a task is not there" {
	taskctl add -q "Buy milk" +shop +home due:2030-01-01T09:00:00Z --note $'one\ntwo\\'
	taskctl add -q other
	equals "$(taskctl get 1.title 1.due 2.title)" $'Buy milk\n2030-01-01T09:00:00Z\nother'
	equals "$(taskctl get 1.tags)" home,shop
	equals "$(taskctl get 1.note)" 'one\ntwo\\'
	taskctl get 2.due >found
	equals "$(od -An -c found | tr -d ' ')" '\n'
	equals "$(taskctl get "$(taskctl get 1.uuid).id")" 1
	equals "$(taskctl get 1.title 2.due --json)" '{"1.title":"Buy milk","2.due":null}'
	run --separate-stderr -1 taskctl get 1.title 9.title
	equals "$output" ""
	has "$stderr" 9
	run --separate-stderr -2 taskctl get
	run --separate-stderr -2 taskctl get 1
	run --separate-stderr -2 taskctl get 1-2.title
	run --separate-stderr -2 taskctl get 1.titel
	has "$stderr" title
}

@test "get finds a field of one's own" {
	taskctl field define size number 2>said
	taskctl add -q one --set size=3
	equals "$(taskctl get 1.fields.size)" 3
}

@test "wait ends when the last task is done or deleted" {
	taskctl add -q one
	taskctl add -q two
	taskctl add -q three
	taskctl "done" 1
	taskctl wait 1
	taskctl wait 1-2 3 >said 2>&1 &
	local waiting=$!
	taskctl "done" 2
	kill -0 "$waiting"
	taskctl delete 3
	wait "$waiting"
	equals "$(cat said)" ""
}

@test "wait gives up when the time is up, and says which is not there" {
	taskctl add -q one
	run --separate-stderr -3 taskctl wait 1 --timeout 1s
	has "$stderr" "1 task is neither done nor deleted"
	run --separate-stderr -1 taskctl wait 1,9
	run --separate-stderr -1 taskctl wait 7-9
	run --separate-stderr -2 taskctl wait
	run --separate-stderr -2 taskctl wait one
	run --separate-stderr -2 taskctl wait 1 --timeout soon
}

@test "wait survives a restart of the daemon" {
	taskctl add -q one
	taskctl wait 1 &
	local waiting=$!
	taskctl daemon stop
	taskctl "done" 1
	wait "$waiting"
}

@test "plain lists are tabs, all columns, and no heading" {
	taskctl add -q "Buy milk" project:home +shop +a due:2030-01-01T09:00:00Z
	taskctl add -q 'back\slash'
	equals "$(taskctl list --plain)" $'1\tpending\t\t2030-01-01T09:00:00Z\thome\ta,shop\tBuy milk\n2\tpending\t\t\t\t\tback\\\\slash'
	equals "$(taskctl list --plain +none 2>&1)" ""
	equals "$(taskctl next --plain project:home | cut -f 1,5)" $'1\thome'
	equals "$(taskctl search milk --plain | cut -f 1,7)" $'1\tBuy milk'
	equals "$(taskctl show 1 --plain)" "$(taskctl list 1 --plain)"
	equals "$(taskctl start 2 --plain | cut -f 1,7)" $'2\tback\\\\slash'
	equals "$(COLUMNS=20 taskctl list --plain)" "$(taskctl list --plain)"
}

@test "csv has headings, quotes and carriage returns" {
	taskctl add -q 'one, "two"' project:home
	equals "$(taskctl list --csv)" $'id,status,priority,due,project,tags,title\r\n1,pending,,,home,,"one, ""two"""\r'
	equals "$(taskctl list --csv +none)" $'id,status,priority,due,project,tags,title\r'
	equals "$(taskctl projects --csv)" $'project,pending,waiting,completed\r\nhome,1,0,0\r'
	equals "$(taskctl tags --csv)" $'tag,pending,waiting,completed\r'
	taskctl field define size number 2>said
	taskctl report define week --columns id,note,due.relative,size,title 2>said
	taskctl modify 1 --note $'a\nb' --set size=2 >said
	equals "$(taskctl report week --csv)" $'id,note,due,fields.size,title\r\n1,"a\nb",,2,"one, ""two"""\r'
}

@test "lists that are not of tasks have rows too" {
	taskctl add -q one project:home +shop
	taskctl modify 1 +x >said
	equals "$(taskctl projects --plain)" $'home\t1\t0\t0'
	equals "$(taskctl tags --plain | sort)" $'shop\t1\t0\t0\nx\t1\t0\t0'
	equals "$(taskctl history --plain | cut -f 1,3-5)" $'2\tmodify\tno\t1\n1\tadd\tno\t1'
	equals "$(taskctl history --plain | cut -f 2 | grep -c '^....-..-..T..:..:.*Z$')" 2
	equals "$(taskctl history --csv | head -n 1)" $'step,at,action,undone,task_id,by,change\r'
	equals "$(taskctl summary --plain | cut -f 1,2)" $'home\t1'
	equals "$(taskctl auth list --plain | cut -f 1,2)" $'*\tann@example.com'
	run --separate-stderr -2 taskctl list --plain --csv
	has "$stderr" "exclude each other"
	run --separate-stderr -2 taskctl list --plain --json
}

@test "ids come from standard input where a dash stands for them" {
	for title in one two three four; do taskctl add -q $title; done >said
	printf '1\n2 3\n' | taskctl "done" - --yes >said
	equals "$(taskctl list -q)" 4
	taskctl list -q status:completed | taskctl restore - --yes >said
	equals "$(taskctl count)" 4
	echo 1-2 | taskctl modify - +shop pri:H >said
	equals "$(taskctl list -q +shop pri:H | paste -s -d ' ')" "1 2"
	echo 3 | taskctl annotate - Called, nobody - there >said
	equals "$(taskctl get 3.annotations)" "Called, nobody - there"
	equals "$(echo 2,3 | taskctl list - -q | paste -s -d ' ')" "2 3"
	equals "$(echo 3 | taskctl show - --format '{title}')" three
	equals "$(echo 1 4 | taskctl count -)" 2
	echo 3 | taskctl append - or four >said
	equals "$(taskctl get 3.title)" "three or four"
	taskctl "done" 4 >said && echo 4 | taskctl wait -
	taskctl modify 1 one - or two >said </dev/null
	equals "$(taskctl get 1.title)" "one - or two"
}

@test "no ids on standard input are exit status 1, and others 2" {
	run --separate-stderr -1 taskctl "done" - </dev/null
	has "$stderr" "no ids on standard input"
	run --separate-stderr -1 taskctl list - </dev/null
	run --separate-stderr -2 taskctl "done" - <<<$'1\nmilk'
	has "$stderr" 'line 2 of standard input: `milk` is no id'
	equals "$(taskctl count --all)" 0
}

@test "hundreds of ids come from standard input" {
	seq -f "task %g" 300 | xargs -d '\n' -P 4 -I{} taskctl add -q {} >said
	taskctl list -q | taskctl "done" - --yes -q
	equals "$(taskctl count)" 0
}
