#!/bin/bash
# Completion offers what help lists, in each shell that is here.
. "$(dirname "$0")/paper.sh"

export PATH=$scratch/bin:$PATH
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
taskctl help --list | cut -f1 | cut -d' ' -f1 | sort -u >"$scratch/commands"
taskctl help --list modify | cut -f1 | grep '^--' | sort >"$scratch/options"

# in_bash WORD…: what bash would offer for the last word. Words are parted as bash does, at colons and equals signs too.
in_bash() {
	bash -c '
		. "$SOURCE/dist/completions/taskctl.bash"
		compopt() { :; }
		COMP_LINE="taskctl $*" COMP_POINT=${#COMP_LINE} COMP_WORDS=(taskctl)
		for word in "$@"; do
			mapfile -t parts < <(sed -E "s/([:=]+)/\n\1\n/g" <<<"$word" | sed "/^\$/d")
			[ -n "$word" ] || parts=("")
			COMP_WORDS+=("${parts[@]}")
		done
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
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
[ "$(in_bash add "Buy milk" pro)" = "project:" ] || fail "bash: an attribute"
[ "$(in_bash add -- pro)" = "" ] || fail "bash: text"
taskctl alias set -q today 'list due:today'
taskctl config list -q | sort >"$scratch/settings"
in_bash config set "" | sort >"$scratch/found"
same "settings in bash" "$scratch/settings" "$scratch/found"
[ "$(in_bash tod)" = today ] || fail "bash: an alias"
[ "$(in_bash alias delete t)" = today ] || fail "bash: alias delete t"
[ ! -e "$scratch/data/taskd" ] || fail "completion has started a daemon"

# The scripts that the program prints are those that are installed.
for shell in bash fish zsh; do
	script=$SOURCE/dist/completions/taskctl.$shell
	[ "$shell" != zsh ] || script=$SOURCE/dist/completions/_taskctl
	taskctl completion "$shell" >"$scratch/found"
	same "taskctl completion $shell" "$script" "$scratch/found"
done

# What there is, from the daemon.
printf 'a long pass phrase\n' | taskctl signup -q --email ann@example.com --password-stdin || fail "signup"
taskctl add -q "Buy milk" project:home +shop
taskctl add -q "Call: Ann" --project "two words" pri:H
[ "$(in_bash add project:ho)" = home ] || fail "bash: project:"
[ "$(in_bash add --project=ho)" = home ] || fail "bash: --project="
[ "$(in_bash add --project two)" = 'two\ words' ] || fail "bash: a project of two words"
[ "$(in_bash list +sh)" = +shop ] || fail "bash: +tag"
[ "$(in_bash list -sh)" = -shop ] || fail "bash: -tag"
[ "$(in_bash "done" "" | paste -s -d ' ')" = "2 1" ] || fail "bash: ids, the most urgent first"
[ "$(COMP_TYPE=63 in_bash "done" "" | head -n 1)" = '2  (Call: Ann)' ] || fail "bash: ids with titles"

if command -v zsh >/dev/null; then
	zsh -n "$SOURCE/dist/completions/_taskctl" || fail "zsh cannot read its completion"
	# in_zsh WORD…: what zsh would offer, as _describe gets it.
	in_zsh() {
		zsh -f -c '
			autoload -Uz compinit && compinit -u -D
			source $SOURCE/dist/completions/_taskctl
			_describe() { case " $* " in *" whole "*) print -rl -- $whole ;; *) print -rl -- $open ;; esac; }
			words=(taskctl "$@") CURRENT=$((# + 1)) PREFIX=$words[-1]
			_taskctl' zsh "$@" 2>&1 | grep .
	}
	[ "$(in_zsh daemon sta | cut -d : -f 1 | paste -s -d ' ')" = "start status" ] || fail "zsh: daemon sta: $(in_zsh daemon sta)"
	[ "$(in_zsh add project:ho)" = 'project\:home' ] || fail "zsh: project:"
	[ "$(in_zsh "done" 2)" = '2:Call: Ann' ] || fail "zsh: ids with titles"
	[ "$(in_zsh add --project two)" = 'two words' ] || fail "zsh: a project of two words"
else
	echo "zsh is not installed: its completion was not tried"
fi

if command -v fish >/dev/null; then
	in_fish() { fish -c "source '$SOURCE/dist/completions/taskctl.fish'; complete -C'$1'"; }
	echo today | sort -o "$scratch/commands" "$scratch/commands" -
	in_fish "taskctl " | cut -f1 | sort >"$scratch/found"
	same "commands in fish" "$scratch/commands" "$scratch/found"
	in_fish "taskctl config unset " | cut -f1 | sort >"$scratch/found"
	same "settings in fish" "$scratch/settings" "$scratch/found"
	[ "$(in_fish "taskctl alias delete " | cut -f1)" = today ] || fail "fish: alias delete"
	[ "$(in_fish "taskctl daemon sta" | cut -f1 | sort | paste -s -d ' ')" = "start status" ] || fail "fish: daemon sta"
	in_fish "taskctl modify --" | cut -f1 | sort -u >"$scratch/found"
	same "options of modify in fish" "$scratch/options" "$scratch/found"
	[ "$(in_fish "taskctl add project:ho")" = project:home ] || fail "fish: project:"
	[ "$(in_fish "taskctl done 2")" = $'2\tCall: Ann' ] || fail "fish: ids with titles"
else
	echo "fish is not installed: its completion was not tried"
fi
