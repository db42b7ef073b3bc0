#!/bin/bash
# The examples of taskctl-auth.7 run as they stand, in their order; a file answers where a person would be asked.
. "$(dirname "$0")/paper.sh"

mkdir "$scratch/bin" "$scratch/work"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"
export PATH=$scratch/bin:$PATH
cd "$scratch/work"
joined "$SOURCE/man/taskctl-auth.7" | awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' |
	sed 's/\\-/-/g' | grep -E '^(taskctl|umask|TASKCTL_[A-Z_]*=)' >"$scratch/examples"

# FILE is the page's name for a file with the password.
set_password() { printf '%s\n' "$1" >FILE; }
change_password() {
	printf '%s\n' "$1" "$2" >answers
	set_password "$2"
}

# What must have been done before the page comes to this line, since another example undid it.
prepare() {
	case $1 in
	*'token create --name report --scope'*) taskctl login -q --email ann@example.com --password-stdin <FILE ;;
	*'daemon reset-code'*) taskctl signup -q --email ann@example.com --password-stdin <FILE ;;
	esac
}

run_one() {
	cp FILE answers
	case $1 in
	umask*) eval "$1" ;;
	*--password-*) bash -c "$1" </dev/null ;;
	'taskctl account password') change_password "$(cat FILE)" "another pass phrase" && bash -c "$1 --password-stdin" <answers ;;
	'taskctl account reset'*) change_password "$(cat code)" "a third pass phrase" && bash -c "$1 --password-stdin" <answers ;;
	'taskctl account export'*) bash -c "${1/export/export --password-stdin}" <answers ;;
	'taskctl account delete') bash -c "$1 --password-stdin --yes" <answers ;;
	'taskctl signup'* | 'taskctl login'* | 'taskctl token create'* | 'taskctl account email'*)
		bash -c "$1 --password-stdin" <answers
		;;
	'taskctl daemon reset-code'*) bash -c "$1" </dev/null >code ;;
	*) bash -c "$1" </dev/null ;;
	esac
}

set_password "a long pass phrase"
while IFS= read -r example; do
	prepare "$example" || fail "before $example"
	run_one "$example" >"$scratch/said" 2>&1 || fail "$example: $(cat "$scratch/said")"
done <"$scratch/examples"
[ "$(wc -l <"$scratch/examples")" -ge 35 ] || fail "only $(wc -l <"$scratch/examples") examples were found"
jq -e '.account.email == "ann@example.org" and (.sessions | length) == 1' everything.json >/dev/null ||
	fail "the export is not what it should be: $(cat everything.json)"
[ "$(stat -c %a TOKEN tasks.db | paste -s -d ' ')" = "600 600" ] || fail "others may read a token or a backup"

# What the text names in passing is there as well.
joined "$SOURCE/man/taskctl-auth.7" | grep -oE '^\.Ql taskctl [a-z]+( [a-z][a-z-]*)?' | cut -d' ' -f3- | sort -u |
	while read -r -a words; do
		taskctl help "${words[@]}" >"$scratch/said" 2>&1 || fail "there is no taskctl ${words[*]}"
	done
