#!/bin/bash
# The recipes of taskctl-scripting.7, as they stand, each where it belongs: cron, git, a prompt, a picker, tmux.
. "$(dirname "$0")/paper.sh"

export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
export PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"

# recipe NUMBER: the text of one display.
recipe() {
	awk -v wanted="$1" '
		/^\.Bd -literal/ { inside = ++number == wanted; next }
		/^\.Ed/ { inside = 0 }
		inside' "$SOURCE/man/taskctl-scripting.7" | sed 's/\\-/-/g; s/\\e/\\/g'
}
[ "$(grep -c "^\.Bd -literal" "$SOURCE/man/taskctl-scripting.7")" = 5 ] || fail "there are not five recipes"

printf 'a long pass phrase\n' | taskctl signup -q --email ann@example.com --password-stdin || fail "signup"
taskctl add -q "Late" due:2020-01-01T09:00:00Z
taskctl add -q "Write; the report" pri:H
for title in three four five six; do taskctl add -q "$title"; done >/dev/null

# Cron's line, without an environment.
run_cron() {
	env -i HOME="$HOME" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" PATH="$PATH" SHELL=/bin/sh \
		/bin/sh -c "$(recipe 1 | sed -E 's/^([^ ]+ +){5}//')" 2>&1
}
[ "$(run_cron)" = "2020-01-01T09:00:00Z Late" ] || fail "cron: $(run_cron)"

# The prompt: as bash shows it, with something overdue and without.
prompt() {
	recipe 3 >"$scratch/bashrc"
	bash --norc -c '. "$1"; printf "%s" "${PS1@P}"' bash "$scratch/bashrc" 2>&1
}
[[ $(prompt) == "(1 overdue) "* ]] || fail "prompt: $(prompt)"
taskctl modify -q 1 due:
[[ $(prompt) != *overdue* ]] || fail "prompt: $(prompt)"
[ -z "$(run_cron)" ] || fail "cron has words where nothing is due: $(run_cron)"

# The picker: whatever is there in place of fzf takes the first line.
printf '#!/bin/sh\nhead -n 1\n' >"$scratch/bin/fzf"
chmod +x "$scratch/bin/fzf"
recipe 4 >"$scratch/picker"
bash -euo pipefail "$scratch/picker" >"$scratch/said" 2>&1 || fail "picker: $(cat "$scratch/said")"
[ "$(taskctl active -q)" = 2 ] || fail "picker: $(cat "$scratch/said")"

# The status line: what is between its brackets runs in a shell, and tmux takes the file.
recipe 5 >"$scratch/tmux.conf"
command=$(sed -n "s/.*'#(\(.*\))'$/\1/p" "$scratch/tmux.conf")
[ "$(sh -c "$command")" = "Write; the report" ] || fail "status line: $(sh -c "$command" 2>&1)"
if command -v tmux >/dev/null; then
	tmux -S "$scratch/tmux" -f /dev/null new-session -d -x 200 || fail "tmux does not start"
	tmux -S "$scratch/tmux" source-file "$scratch/tmux.conf" || fail "tmux does not read the recipe"
	[ "$(tmux -S "$scratch/tmux" show -gv status-right)" = "#($command)" ] || fail "tmux has another status line"
	tmux -S "$scratch/tmux" kill-server
else
	echo "tmux is not installed: it was not given its recipe"
fi

# The hook, in a repository of its own.
command -v git >/dev/null || skip "git is not installed"
export GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann GIT_COMMITTER_EMAIL=ann@example.com
git init -q "$scratch/work"
cd "$scratch/work"
recipe 2 >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
git commit -q --allow-empty -m "Nothing for tasks" >"$scratch/said" 2>&1 || fail "commit: $(cat "$scratch/said")"
[ "$(taskctl count status:completed)" = 0 ] || fail "a commit without a task has completed one"
git commit -q --allow-empty -m $'Mend it\n\nCloses: 3,4\nCloses: 5' >"$scratch/said" 2>&1 || fail "commit: $(cat "$scratch/said")"
[ "$(taskctl list -q status:completed | paste -s -d ' ')" = "3 4 5" ] || fail "hook: $(cat "$scratch/said")"
[[ $(taskctl get 5.annotations) == *" Mend it" ]] || fail "hook: $(taskctl get 5.annotations)"
