#!/bin/bash
# Completion offers what help lists, in each shell that is here.
. "$(dirname "$0")/paper.sh"

export PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
taskctl help --list | cut -f1 | cut -d' ' -f1 | sort -u >"$scratch/commands"
taskctl help --list modify | cut -f1 | grep '^--' | sort >"$scratch/options"

# in_bash WORD…: what bash would offer for the last word.
in_bash() {
	bash -c '
		. "$SOURCE/dist/completions/taskctl.bash"
		compopt() { :; }
		COMP_WORDS=(taskctl "$@") COMP_CWORD=$#
		_taskctl
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
export SOURCE
in_bash "" | sort >"$scratch/found"
same "commands in bash" "$scratch/commands" "$scratch/found"
in_bash modify 3 -- | sort >"$scratch/found"
same "options of modify in bash" "$scratch/options" "$scratch/found"
[ "$(in_bash help who)" = whoami ] || fail "bash: help who"
[ "$(in_bash --color ne)" = never ] || fail "bash: --color ne"
[ "$(in_bash daemon sta | paste -s -d ' ')" = "start status" ] || fail "bash: daemon sta"
[ "$(in_bash help daemon sto)" = stop ] || fail "bash: help daemon sto"
[ "$(in_bash daemon stop "")" = "" ] || fail "bash: daemon stop"
in_bash daemon stop -- | sort >"$scratch/found"
taskctl help --list daemon stop | cut -f1 | grep '^--' | sort >"$scratch/options-of-stop"
same "options of daemon stop in bash" "$scratch/options-of-stop" "$scratch/found"
[ "$(in_bash add "Buy milk" pro)" = "" ] || fail "bash: text"

if command -v zsh >/dev/null; then
	zsh -n "$SOURCE/dist/completions/_taskctl" || fail "zsh cannot read its completion"
else
	echo "zsh is not installed: its completion was not tried"
fi

if command -v fish >/dev/null; then
	in_fish() { fish -c "source '$SOURCE/dist/completions/taskctl.fish'; complete -C'$1'" | cut -f1; }
	in_fish "taskctl " | sort >"$scratch/found"
	same "commands in fish" "$scratch/commands" "$scratch/found"
	[ "$(in_fish "taskctl daemon sta" | sort | paste -s -d ' ')" = "start status" ] || fail "fish: daemon sta"
	in_fish "taskctl modify --" | sort -u >"$scratch/found"
	same "options of modify in fish" "$scratch/options" "$scratch/found"
else
	echo "fish is not installed: its completion was not tried"
fi
