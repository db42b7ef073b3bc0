#!/bin/bash
# The tour of the README shows what a person would see, and its recipes run.
. "$(dirname "$0")/paper.sh"

readme=$SOURCE/README.md
# The usual places, for cron has no variables that name others.
export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"
export PATH=$scratch/bin:$PATH

# fenced LANGUAGE NUMBER: the text of one block.
fenced() {
	awk -v open="\`\`\`$1" -v wanted="$2" '
		$0 == open { if (++number == wanted) inside = 1; next }
		/^```/ { inside = 0 }
		inside' "$readme"
}

# What differs from run to run.
normal() { sed -E 's/[0-9a-f]{8}-[0-9a-f-]{27}/UUID/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/TIME/g; s/(, from )[0-9-]{10} [0-9:]{5}/\1TIME/; s/ +$//'; }

export answers=$scratch/answers
printf '%s\n' "a long pass phrase" >"$answers"

# The tour: `$ command` and what it prints. Where a person is asked for a password, the file answers.
tour() {
	fenced console 1
	fenced console 2
}
run_tour() {
	tour | sed -n 's/^\$ //p' | while IFS= read -r command; do
		printf '$ %s\n' "$command"
		case $command in
		"taskctl signup"* | "taskctl login"*) bash -c "${command%%  #*} --password-stdin" <"$answers" 2>&1 ;;
		*) bash -c "$command" </dev/null 2>&1 ;;
		esac
	done
}
run_tour | normal >"$scratch/found"
tour | normal >"$scratch/expected"
same "the tour" "$scratch/expected" "$scratch/found"

# The recipes: each is a script of its own, run by a strict shell in a folder of its own.
count=0
mkdir "$scratch/work"
cd "$scratch/work"
printf '%s\n' "Water the plants" "Feed the cat" >titles.txt
cp "$answers" password.txt
until recipe=$(fenced sh $((count + 1))) && [ -z "$recipe" ]; do
	count=$((count + 1))
	case $recipe in *quickstart.sh* | *test.sh* | *cmake*) continue ;; esac
	bash -euo pipefail -c "$recipe" >"$scratch/said" 2>&1 </dev/null || fail "recipe $count: $(cat "$scratch/said")"
done
[ $count -ge 5 ] || fail "only $count recipes were found"

# The line for cron runs without an environment, as cron runs it.
line=$(fenced crontab 1 | grep -v '^#' | sed -E 's/^([^ ]+ +){5}//')
env -i HOME="$HOME" PATH=/usr/bin:/bin SHELL=/bin/sh \
	/bin/sh -c "${line//\~\/.local\/bin/$scratch/bin}" >"$scratch/said" 2>&1 || fail "cron's line: $(cat "$scratch/said")"
