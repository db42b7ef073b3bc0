#!/bin/bash
# taskctl.1 has the commands and options of `taskctl help`, no more and no less, and its examples run.
. "$(dirname "$0")/paper.sh"

page=$SOURCE/man/taskctl.1
"$TASKCTL" help --list | cut -f1 | sort >"$scratch/commands"
[ "$(wc -l <"$scratch/commands")" -ge 17 ] || fail "only $(wc -l <"$scratch/commands") commands"
sed -n '/^\.Sh COMMANDS/,/^\.Sh OPTIONS/s/^\.It Cm \([a-z][a-z \\-]*[a-z]\).*/\1/p' "$page" | sed 's/\\//g' | sort >"$scratch/commands-by-page"
same "commands of help and of taskctl.1" "$scratch/commands" "$scratch/commands-by-page"

# A reader that ends early would end the writer.
"$TASKCTL" help commands >"$scratch/help-of-all"
sed -n '/^Options of/q; s/^  \([a-z][a-z -]*[a-z]\)   *.*/\1/p' "$scratch/help-of-all" | sort >"$scratch/commands-by-help"
same "commands of help --list and of help commands" "$scratch/commands" "$scratch/commands-by-help"

# The overview names all of them, and is not longer than a screen or so.
COLUMNS=80 "$TASKCTL" help >"$scratch/overview"
[ "$(wc -l <"$scratch/overview")" -le 72 ] || fail "the overview has $(wc -l <"$scratch/overview") lines"
# A family is a line, or several; names are parted by commas, and second words of the same first one by bars.
awk '/^All commands/ { inside = 1; next } inside && /^$/ { exit } inside { print (/^  [A-Z]/ ? "," : "") substr($0, 32) }' \
	"$scratch/overview" | tr '\n' ' ' | tr ',' '\n' | awk -F ' *[|] *' '{
		gsub(/^ +| +$/, ""); gsub(/  +/, " ")
		split($1, word, " ")
		print $1
		for (i = 2; i <= NF; i++)
			print word[1], $i
	}' | grep . | sort >"$scratch/commands-by-overview"
same "commands of help --list and of help" "$scratch/commands" "$scratch/commands-by-overview"

# Every option of every command, long and short.
while read -r command; do
	# A name of two words is two words to the shell.
	read -r -a words <<<"$command"
	"$TASKCTL" help --list "${words[@]}" | cut -f1 | sed 's/=$//' | tee "$scratch/options-of-one"
	"$TASKCTL" help "${words[@]}" >"$scratch/help" || fail "help $command"
	"$TASKCTL" "${words[@]}" --help | diff -q - "$scratch/help" >/dev/null || fail "$command --help is not help $command"
	grep -q "^usage: taskctl $command" "$scratch/help" || fail "help $command has no usage"
	while read -r option; do
		grep -q -e " $option\b" "$scratch/help" || fail "help $command does not name $option"
	done <"$scratch/options-of-one"
done <"$scratch/commands" | sort -u >"$scratch/options"
[ "$(wc -l <"$scratch/options")" -ge 30 ] || fail "only $(wc -l <"$scratch/options") options"
sed -n 's/^\.It \(Fl .*\)/\1/p' "$page" | sed -E 's/Ns Op.*//; s/(Ar|Cm) [^ ]+//g; s/, /\n/g' |
	sed -E 's/^ *(Fl )?//; s/ *$//; s/\\-/-/; s/^/-/' | grep . | sort -u >"$scratch/options-by-page"
same "options of help and of taskctl.1" "$scratch/options" "$scratch/options-by-page"

# The fields, the settings and the exit statuses.
"$TASKCTL" help list | sed -n '/^Fields for/,/^$/p' | sed 1d | tr -s ' ' '\n' | grep . | sort >"$scratch/fields"
sed -n '/^The fields are/,/^\.Ss/p' "$page" | grep '^\.Cm' | tr -d ',.' | sed 's/^Cm//' | tr ' ' '\n' | grep . |
	sort >"$scratch/fields-by-page"
same "fields of help and of taskctl.1" "$scratch/fields" "$scratch/fields-by-page"

"$TASKCTL" help report define | sed -n '/^Columns/,/^$/p' | sed 1d | tr -s ' ' '\n' | grep . | sort >"$scratch/columns"
sed -n '/^The columns are/,/^and your own/p' "$page" | grep '^\.Cm' | sed 's/^\.Cm//' | tr -d ',' | tr ' ' '\n' | grep . |
	sort >"$scratch/columns-by-page"
same "columns of help and of taskctl.1" "$scratch/columns" "$scratch/columns-by-page"

# The examples of the page and of help, as they stand, one after the other.
export PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"
export EDITOR=true
cd "$scratch" || fail "no scratch folder"
echo "Paint the door" >ideas.txt
unset VISUAL
printf 'a long pass phrase\n' | taskctl signup -q --email ann@example.com --password-stdin || fail "signup"
joined "$page" | awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' |
	grep -v 'taskctl signup' | sed 's/\\(dq/"/g; s/\\-/-/g' >"$scratch/examples"
[ "$(grep -c taskctl "$scratch/examples")" -ge 12 ] || fail "too few examples in taskctl.1"
title='any $text; at all' bash -euo pipefail "$scratch/examples" >"$scratch/said" 2>&1 </dev/null ||
	fail "an example of taskctl.1: $(cat "$scratch/said")"

while read -r -a words; do
	"$TASKCTL" help "${words[@]}" | sed -n '/^Examples:/,$s/^  taskctl /taskctl /p'
done <"$scratch/commands" | grep -v -e 'taskctl signup' -e 6f1c2b9e >"$scratch/examples"
[ "$(wc -l <"$scratch/examples")" -ge 15 ] || fail "too few examples in help"
while read -r example; do
	for title in one two three four five six seven eight nine; do taskctl add -q "$title" project:book; done >"$scratch/said"
	first=$(head -n 1 "$scratch/said")
	# The ids of an example are those of tasks that are there.
	example=$(sed -E "s/\b3-7,9\b/$first-$((first + 4)),$((first + 6))/; s/\b3\b/$first/g" <<<"$example")
	title='any $text; at all' bash -euo pipefail -c "$example" >"$scratch/said" 2>&1 </dev/null ||
		fail "$example: $(cat "$scratch/said")"
done <"$scratch/examples"
