#!/usr/bin/env bats
# The settings file: read, changed a line at a time, edited, and what each setting does.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home
	file=$config/config
}
teardown() { remove_home; }

# write_settings: stdin becomes the file.
write_settings() {
	mkdir -p "$config"
	cat >"$file"
}

# editor LINE…: a program in EDITOR that the shell runs with the draft as $1.
editor() {
	printf '%s\n' '#!/bin/sh' "$@" >"$scratch/bin/edit"
	chmod +x "$scratch/bin/edit"
	export EDITOR=edit
}

@test "settings are listed with where they come from" {
	write_settings <<<'color = never'
	export TASKCTL_DATES=relative
	equals "$(taskctl config --json | jq -c '.[] | select(.name == "color" or .name == "dates" or .name == "daemon_user") |
		[.name, .value, .from]' | paste -s -d ' ')" \
		'["color","never","file"] ["dates","relative","environment"] ["daemon_user","taskd","default"]'
	has "$(taskctl config)" "How tables of tasks show dates"
	has "$(taskctl config list -q)" week_start
	equals "$(taskctl config get dates)" relative
	equals "$(taskctl config get color)" never
	run --separate-stderr -1 taskctl config get socket
	has "$stderr" 'is not set'
	run --separate-stderr -2 taskctl config get colour
	has "$stderr" 'did you mean `color`'
}

@test "no daemon is started for settings" {
	taskctl config
	taskctl config set color never
	taskctl alias set today 'list due:today'
	taskctl help settings
	[ ! -e "$data" ]
}

@test "a line is changed, and the others stay as they are" {
	write_settings <<-'END'
		# mine
		  dates=relative

		color = auto
		# the end
	END
	run --separate-stderr -0 taskctl config set color never
	has "$stderr" "Set color to never"
	taskctl config set -q week_start sunday
	equals "$(cat "$file")" "# mine
  dates=relative

color = never
# the end
week_start = sunday"
	taskctl config unset -q color
	equals "$(grep -c . "$file")" 4
	run --separate-stderr -1 taskctl config unset color
	has "$stderr" "$file"
	equals "$(ls "$config")" "config
config.lock"
}

@test "the file keeps its mode, and a link goes on pointing" {
	write_settings <<<'color = auto'
	chmod 640 "$file"
	taskctl config set -q color never
	equals "$(stat -c %a "$file")" 640
	mkdir elsewhere
	mv "$file" elsewhere/mine
	ln -s "$scratch/elsewhere/mine" "$file"
	taskctl config set -q color always
	[ -L "$file" ]
	equals "$(cat elsewhere/mine)" "color = always"
	rm "$file"
	taskctl config set -q color never
	equals "$(stat -c %a "$file")" 600
}

@test "what is damaged is refused with file and line, and not touched" {
	write_settings <<<$'# one\ncolour = never'
	cp "$file" kept
	for command in "config" "config set color never" "config unset color" "alias" "alias set a list" "list" "tody"; do
		# shellcheck disable=SC2086 # words of the command
		run --separate-stderr -2 taskctl $command
		has "$stderr" "$file:2: unknown setting \`colour\`; did you mean \`color\`?"
		has "$stderr" "taskctl config edit"
	done
	cmp "$file" kept
	has "$(taskctl help)" "usage: taskctl"
}

@test "a bad value is refused, and nothing is written" {
	run --separate-stderr -2 taskctl config set color pink
	has "$stderr" "auto, always, never"
	run --separate-stderr -2 taskctl config set socket here
	has "$stderr" "absolute path"
	run --separate-stderr -2 taskctl config set color ""
	has "$stderr" "taskctl config unset color"
	run --separate-stderr -2 taskctl config set default_command nxt
	has "$stderr" 'did you mean `next`'
	run --separate-stderr -2 taskctl config set default_command $'next\ncolor = never'
	has "$stderr" "control character"
	run --separate-stderr -2 taskctl config set alias list
	has "$stderr" "alias.NAME"
	run --separate-stderr -2 taskctl config set alias.list next
	has "$stderr" "never hides"
	run --separate-stderr -2 taskctl config set color never ever
	[ ! -e "$file" ]
}

@test "what goes over the file says so" {
	export TASKCTL_COLOR=always
	run --separate-stderr -0 taskctl config set color never
	has "$stderr" "TASKCTL_COLOR is set, and goes over it"
	equals "$(taskctl config get color)" always
	unset TASKCTL_COLOR
	equals "$(taskctl config get color)" never
}

@test "many changes at once are all there" {
	for i in 1 2 3 4 5 6 7 8; do taskctl alias set -q "a$i" list & done
	wait
	equals "$(taskctl alias -q | sort | paste -s -d ' ')" "a1 a2 a3 a4 a5 a6 a7 a8"
	equals "$(ls "$config" | wc -l)" 2
}

@test "the editor begins with every setting, and what it writes is taken over" {
	editor "cp \"\$1\" '$scratch/shown'" 'echo "color = never" >>"$1"'
	run --separate-stderr -0 taskctl config edit
	has "$stderr" "changed"
	equals "$(taskctl config get color)" never
	while read -r name; do
		grep -q "^#$name = " shown
	done < <(taskctl config -q)
	editor 'exit 0'
	run --separate-stderr -0 taskctl config edit
	has "$stderr" "as they were"
	equals "$(ls "$config")" "config
config.lock"
}

@test "an editor that fails changes nothing, and one that is not there is named" {
	write_settings <<<'color = never'
	editor 'exit 1'
	run --separate-stderr -2 taskctl config edit
	has "$stderr" "nothing was changed"
	EDITOR=no-such-editor run --separate-stderr -2 taskctl config edit
	has "$stderr" "no-such-editor"
	equals "$(cat "$file")" "color = never"
	equals "$(ls "$config" | grep -c config)" 1
}

@test "what was typed is kept where it cannot be taken over" {
	write_settings <<<'color = never'
	editor 'echo "colour = x" >>"$1"'
	run --separate-stderr -2 taskctl config edit
	has "$stderr" ":2: unknown setting"
	has "$stderr" "as they were"
	equals "$(cat "$file")" "color = never"
	equals "$(tail -n 1 "$config"/config.??????)" "colour = x"
	rm "$config"/config.??????
	editor "echo 'dates = relative' >>'$file'" 'echo "week_start = sunday" >>"$1"'
	run --separate-stderr -3 taskctl config edit
	has "$stderr" "meanwhile"
	equals "$(tail -n 1 "$config"/config.??????)" "week_start = sunday"
	equals "$(taskctl config get dates)" relative
}

@test "a file that cannot be read is mended in the editor, with a question" {
	write_settings <<<'colour = never'
	editor 'if grep -q colour "$1"; then echo "color = never" >"$1"; fi'
	taskctl config edit
	equals "$(taskctl config get color)" never
	editor 'if [ -e once ]; then sed -i s/colour/color/ "$1"; else echo "colour = always" >"$1"; touch once; fi'
	export TERM=xterm
	"$ON_TERMINAL" 80 taskctl config edit >shown <<-'END'
		wait unknown setting
		wait Edit it again?
		send y\r
		wait changed
	END
	equals "$(taskctl config get color)" always
}

@test "the editor sees no token" {
	editor "echo \"token: \$TASKCTL_TOKEN\" >'$scratch/seen'"
	TASKCTL_TOKEN=secret taskctl config edit
	equals "$(cat seen)" "token: "
}

@test "what taskctl alone does" {
	run --separate-stderr -2 taskctl
	has "$stderr" "usage: taskctl"
	sign_up
	taskctl add -q one pri:H
	taskctl add -q two
	taskctl config set -q default_command 'list pri:H'
	has "$(taskctl)" one
	has_not "$(taskctl)" two
	equals "$(taskctl -q)" 1
	equals "$(TASKCTL_DEFAULT_COMMAND='list --json=id' taskctl | jq -c 'map(.id)')" "[1,2]"
	has "$(taskctl --help)" "usage: taskctl"
	has "$(taskctl --version)" taskctl
	TASKCTL_DEFAULT_COMMAND=nonsense run --separate-stderr -2 taskctl
	has "$stderr" 'no command `nonsense`'
}

@test "weeks begin where the setting says" {
	sign_up
	taskctl add -q one due:eow
	taskctl config set -q week_start sunday
	taskctl add -q two due:eow
	equals "$(date -d "$(taskctl show 1 --format '{due}')" +%u) $(date -d "$(taskctl show 2 --format '{due}')" +%u)" "7 6"
	equals "$(TASKCTL_WEEK_START=sunday taskctl list -q due:eow)" 2
	equals "$(TASKCTL_WEEK_START=monday taskctl list -q due:eow)" 1
}

@test "tables show how long until a date, and scripts the date" {
	sign_up
	taskctl add -q one "due:$(date -u -d '+75 hours' +%Y-%m-%dT%H:%M:%SZ)"
	due=$(taskctl show 1 --format '{due}')
	has "$(taskctl list)" "${due%T*}"
	taskctl config set -q dates relative
	has "$(taskctl list)" " 3d "
	has_not "$(taskctl list)" "${due%T*}"
	equals "$(taskctl list --format '{due}')" "$due"
	equals "$(taskctl list --json | jq -r '.[0].due')" "$due"
}

@test "styles are checked when they are set, and listed" {
	taskctl config set -q style.overdue 'bold white on red'
	taskctl config set -q style.tag.Shop@home color208
	equals "$(taskctl config get style.tag.Shop@home)" color208
	equals "$(taskctl config list -q | grep '^style' | paste -s -d ' ')" "style.overdue style.tag.Shop@home"
	run -2 --separate-stderr taskctl config set style.overdeu red
	has "$stderr" 'did you mean `overdue`?'
	run -2 --separate-stderr taskctl config set style.overdue rde
	has "$stderr" 'did you mean `red`?'
	has "$stderr" "man taskctl-config"
	taskctl config unset -q style.overdue
	run -1 --separate-stderr taskctl config get style.overdue
	write_settings <<<'style.tag.x = purple'
	run -2 --separate-stderr taskctl config list
	has "$stderr" "config:1: \`style.tag.x\`: \`purple\` is no colour"
}
