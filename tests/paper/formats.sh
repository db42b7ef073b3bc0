#!/bin/bash
# taskctl-formats.7 lists the formats that there are, and each of its examples is imported.
. "$(dirname "$0")/paper.sh"

page=$SOURCE/man/taskctl-formats.7
sed -n '/^\.Sh FORMATS/,/^\.Sh SEE/s/^\.Ss //p' "$page" | sort >"$scratch/by-page"
"$TASKCTL" help import | tr "\n" " " | sed -n "s/.*FORMAT is \([^;]*\); it is guessed.*/\1/p" |
	sed "s/ or /, /; s/, /\n/g" | sort >"$scratch/by-help"
same "formats of taskctl-formats.7 and of help import" "$scratch/by-page" "$scratch/by-help"

export PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"
printf 'a long pass phrase\n' | taskctl signup -q --email ann@example.com --password-stdin || fail "signup"

# The example of a format, as it stands.
example() {
	awk -v name="$1" '/^\.Ss / { wanted = $2 == name } wanted && /^\.Ed/ { exit } wanted && inside { print }
		/^\.Bd/ { inside = wanted }' "$page" | sed 's/\\-/-/g'
}

while read -r format; do
	example "$format" >"$scratch/example"
	[ -s "$scratch/example" ] || fail "$format has no example"
	before=$(taskctl export --all | wc -l)
	taskctl import -q --from "$format" "$scratch/example" || fail "the example of $format"
	[ "$(taskctl export --all | wc -l)" -gt "$before" ] || fail "the example of $format made no task"
	# What can be guessed is guessed right: it is the same once more, but that it has other uuids.
	taskctl import -q --dry-run "$scratch/example" || [ "$format" = csv ] || [ "$format" = todotxt ] || fail "$format was not guessed"
done <"$scratch/by-page"

for format in jsonl taskwarrior ical todotxt csv markdown; do
	taskctl export --all --to "$format" >"$scratch/out" || fail "export to $format"
	[ -s "$scratch/out" ] || fail "nothing was exported to $format"
done
taskctl daemon stop >"$scratch/said"
