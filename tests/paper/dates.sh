#!/bin/bash
# The examples of taskctl-dates.7, given to the program: it takes what the page takes, and refuses the rest at the place
# that the page says. (What they mean on the page's day is held against the page by unit/test_date_page.)
. "$(dirname "$0")/paper.sh"

# "FORM  RESULT" of each example.
examples() { awk '/^\.Bd -literal/ { inside = 1; next } /^\./ { inside = 0 } inside' "$SOURCE/man/taskctl-dates.7"; }

start_daemon
open_connection
call '{"jsonrpc":"2.0","id":1,"method":"account.signup","params":{"email":"ann@example.com","password":"correct horse battery"}}' >/dev/null
answer=$(call '{"jsonrpc":"2.0","id":2,"method":"auth.login","params":{"email":"ann@example.com","password":"correct horse battery"}}')
token=$(jq -r .result.access_token <<<"$answer")

# ask METHOD PARAMS: the answer, with the token.
ask() { call '{"jsonrpc":"2.0","id":3,"method":"'"$1"'","params":{"access_token":"'"$token"'",'"$2"'}}'; }
ask task.add '"title":"x","due":"2026-12-01T09:00:00+01:00"' >/dev/null

count=0
while IFS= read -r line; do
	form=${line%%  *}
	expected=${line##*  }
	answer=$(ask task.modify '"id":1,"timezone":"Europe/Berlin","dry_run":true,"due":"'"$form"'"')
	due=
	[[ ! $answer =~ '"due":"'([^\"]*)'"' ]] || due=${BASH_REMATCH[1]}
	case $expected in
	"refused at column "*) [[ $answer == *'"error"'*"at column ${expected##* };"* ]] || fail "$form: $answer" ;;
	P*) [[ $form == [0-9P]* || $form == "a "* || $form == "an "* ]] || continue ;& # words for rhythms are no dates
	*) [ -n "$due" ] || fail "$form: $answer" ;;
	esac
	# What is written in full means the same on every day.
	if [[ $form == [12][0-9][0-9][0-9][0-9W-]* && $due != "" ]]; then
		equal=$(date -u -d "$expected" +%Y-%m-%dT%H:%M:%SZ)
		[ "$due" = "$equal" ] || fail "$form: $due, not $equal"
	fi
	count=$((count + 1))
done < <(examples)
[ "$count" -ge 180 ] || fail "only $count examples were found"
