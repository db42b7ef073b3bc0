#!/bin/bash
# The examples of taskctl-filter.7, given to the program: it takes what the page takes, and refuses the rest at the place
# that the page says. (What they find is held against the page by unit/test_filter_page.)
. "$(dirname "$0")/paper.sh"

# "FILTER  RESULT" of each example, \e being a backslash.
examples() { awk '/^\.Bd -literal/ { inside = 1; next } /^\./ { inside = 0 } inside' "$SOURCE/man/taskctl-filter.7" | sed 's/\\e/\\/g'; }

start_daemon
open_connection
call '{"jsonrpc":"2.0","id":1,"method":"account.signup","params":{"email":"ann@example.com","password":"correct horse battery"}}' >/dev/null
answer=$(call '{"jsonrpc":"2.0","id":2,"method":"auth.login","params":{"email":"ann@example.com","password":"correct horse battery"}}')
token=$(jq -r .result.access_token <<<"$answer")

count=0
while IFS= read -r line; do
	filter=${line%%  *}
	expected=${line##*  }
	[[ $filter != cost* && $filter != place* ]] || continue # fields that this account has not
	answer=$(call "$(jq -c -n --arg token "$token" --arg filter "$filter" '{ jsonrpc: "2.0", id: 3, method: "task.count",
		params: { access_token: $token, filter: $filter, timezone: "Europe/Berlin" } }')")
	case $expected in
	"refused at column "*)
		[[ $answer == *'"error"'*'"field":"filter"'* && "$answer " == *"at column ${expected##* }"[!0-9]* ]] || fail "$filter: $answer"
		;;
	*) [[ $answer == *'"result":{"count":'* ]] || fail "$filter: $answer" ;;
	esac
	count=$((count + 1))
done < <(examples)
[ "$count" -ge 170 ] || fail "only $count examples were found"
