#!/bin/bash
# Every script of the project is clean to shellcheck.
. "$(dirname "$0")/paper.sh"

command -v shellcheck >/dev/null || skip "shellcheck is not installed"
cd "$SOURCE"
find . -path ./build -prune -o -path ./.git -prune -o -name '*.sh' -print >"$scratch/scripts"
printf '%s\n' .ci/run dist/completions/taskctl.bash >>"$scratch/scripts"
xargs shellcheck --external-sources --source-path=SCRIPTDIR <"$scratch/scripts" || fail "shellcheck"
for script in quickstart.sh test.sh .ci/run; do
	[ -x "$script" ] || fail "$script is not executable"
done
