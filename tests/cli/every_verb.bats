#!/usr/bin/env bats
# What holds for every command: it needs no terminal, and what it prints a program can read.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

# Each command once, with words that mean something where there is what make_all makes, in an order in which one spoils
# nothing for the next. In them TASK is a new task, GONE one in the bin, OPEN one that has been started, SERIES one that
# comes again, DONE one that is done. Behind a bar stands the standard input, with its lines parted by slashes.
verbs() {
	cat <<-END
		add Buy milk
		all
		annotate TASK a remark
		append TASK more
		active
		blocked
		blocking
		completed
		count
		delete TASK
		denotate 2 said
		done TASK
		duplicate TASK
		edit TASK
		export
		get 2.title
		history
		import -|{"title":"from afar"}
		list
		modify TASK pri:H
		next
		note 2
		overdue
		prepend TASK first
		purge --yes GONE
		ready
		recurring
		restore GONE
		search milk
		series list
		series modify SERIES pri:L
		series skip SERIES
		show 2
		start TASK
		stop OPEN
		summary
		tags
		timesheet
		calendar
		burndown
		stats
		undo
		redo
		wait DONE
		waiting
		projects
		project rename home house
		tag rename shop store
		report
		report list
		report show next
		report define soon due.before:eow
		report delete mine
		urgency
		urgency list
		urgency set due 11
		urgency unset due
		context list
		context set house project:house
		context show desk
		context use desk
		context use none
		context delete desk
		field define weight number
		field delete size
		field list
		alias list
		alias set week 'list due.before:eow'
		alias delete today
		config edit
		config get color
		config list
		config set dates relative
		config unset dates
		completion bash
		help
		version
		whoami
		account export --password-stdin|$PASSWORD
		account log
		auth list
		auth status
		auth switch ann@example.com
		session list
		session revoke --others
		token
		token create --name deploy --password-stdin|$PASSWORD
		token inspect
		token list
		token revoke mine
		tw _ids
		daemon accounts
		daemon add-account bob@example.com
		daemon backup $scratch/backup
		daemon check
		daemon disable bob@example.com
		daemon enable bob@example.com
		daemon log
		daemon reset-code bob@example.com
		daemon rotate-keys
		daemon start
		daemon status
		signup --email carl@example.com --password-stdin|$PASSWORD
		account email dora@example.com --password-stdin|$PASSWORD
		account password --password-stdin|$PASSWORD/another long one
		account reset --email dora@example.com --password-stdin|CODE/$PASSWORD
		login --email dora@example.com --password-stdin|$PASSWORD
		logout
		auth switch ann@example.com
		account delete --yes --password-stdin|$PASSWORD
		daemon restore --yes $scratch/backup
		daemon stop
	END
}

make_all() {
	taskctl add -q "Buy milk" project:home +shop due:2040-01-01
	taskctl add -q "Say it" project:home
	taskctl annotate -q 2 "said"
	taskctl note 2 "a note"
	taskctl context set desk project:desk
	taskctl report define mine +shop
	taskctl field define size number
	taskctl token create --name mine --password-stdin <<<"$PASSWORD"
	taskctl alias set today 'list due:today'
}

# A new one of the kind.
make_one() {
	local id
	if [ "$1" = SERIES ]; then
		taskctl add -q "$1" due:2040-01-01 recur:weekly >/dev/null
		taskctl series list -q | tail -n 1
		return
	fi
	id=$(taskctl add -q "$1")
	case $1 in
	GONE) taskctl delete -q "$id" ;;
	OPEN) taskctl start -q "$id" ;;
	DONE) taskctl "done" -q "$id" ;;
	esac
	echo "$id"
}

# Runs the command of a line of verbs with these options as well.
run_line() {
	local line=$1 words input kind
	words=${line%%|*}
	input=
	case $line in *"|"*) input=${line#*|} ;; esac
	for kind in TASK GONE OPEN SERIES DONE; do
		case " $words " in *" $kind "*) words=${words/$kind/$(make_one $kind)} ;; esac
	done
	case $input in CODE*) input=$(taskctl daemon reset-code -q dora@example.com)${input#CODE} ;; esac
	eval "words=($words)"
	shift
	printf '%s' "$input" | tr / '\n' | taskctl "${words[@]}" "$@"
}

@test "the table has every command" {
	taskctl help --list | cut -f1 | sort >there
	while read -r line; do
		read -r first second _ <<<"${line%%|*}"
		grep -qx "$first $second" there && echo "$first $second" || echo "$first"
	done < <(verbs) | sort -u >tried
	diff there tried
}

# Texts that are no data: what a person reads, a script, a token.
is_text() {
	case $1 in
	help | completion* | token) ;;
	*) false ;;
	esac
}

@test "with --json each prints JSON or nothing, and succeeds without a terminal" {
	make_all >made 2>&1
	export EDITOR=true
	while read -r line; do
		run_line "$line" --json >out 2>err || {
			echo "taskctl $line: status $?: $(cat err)" >&2
			return 1
		}
		is_text "${line%% #*}" || [ ! -s out ] || "$JSON_CHECK" <out || {
			echo "taskctl $line: $(head -c 200 out)" >&2
			return 1
		}
	done < <(verbs)
}

@test "with --plain each row has as many cells as the others, and nothing is coloured" {
	make_all >made 2>&1
	export EDITOR=true TERM=xterm
	while read -r line; do
		run_line "$line" --plain --color=always >out 2>err || {
			echo "taskctl $line: status $?: $(cat err)" >&2
			return 1
		}
		has_not "$(cat out)" $'\e'
		case $line in help | completion* | export | show* | note*) continue ;; esac
		equals "$line: $(awk -F '\t' '{ print NF }' out | sort -u | wc -l)" "$line: $([ -s out ] && echo 1 || echo 0)"
	done < <(verbs)
}

@test "every command that takes ids takes them from standard input" {
	make_all >made 2>&1
	export EDITOR=true
	count=0
	while read -r line; do
		read -r first second _ <<<"$line"
		taskctl help "$first" ${second:+"$second"} >help 2>err || taskctl help "$first" >help
		grep -q "A dash in the place of IDS" help || continue
		case $line in *TASK* | *GONE* | *OPEN* | *DONE* | *SERIES*) ;; *) continue ;; esac
		count=$((count + 1))
		kind=$(grep -o -w -e TASK -e GONE -e OPEN -e DONE -e SERIES <<<"$line")
		id=$(make_one "$kind")
		eval "words=(${line/$kind/-})"
		taskctl "${words[@]}" <<<"$id" >out 2>err || {
			echo "taskctl ${words[*]}: status $?: $(cat err)" >&2
			return 1
		}
	done < <(verbs)
	[ "$count" -ge 10 ]
}
