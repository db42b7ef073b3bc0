#!/usr/bin/env bats
# Tables as they stand in golden/: at 40, 80 and 200 columns, in UTF-8 and in ASCII, with colours and without.
# What changed on purpose is written anew by golden/update.sh, and read before it is committed.
load helper
load golden

setup_file() {
	make_home
	export scratch config
	sign_up
	golden_fixture
}
setup() { cd "$scratch" || return; }
teardown_file() { remove_home; }

@test "every scene is as it was" {
	local failures=0
	while read -r scene _; do
		golden_render "$scene" >"$scene.txt"
		diff -u --label "golden/$scene.txt" --label found "$BATS_TEST_DIRNAME/golden/$scene.txt" "$scene.txt" >&2 ||
			failures=$((failures + 1))
	done < <(golden_scenes)
	[ "$failures" -eq 0 ]
}

@test "in the C locale what we draw is ASCII" {
	while read -r _ words; do
		# shellcheck disable=SC2086 # words of a command
		LC_ALL=C COLUMNS=60 taskctl $words --color=never >>ours
	done < <(golden_scenes | grep -E -v '^(list|next|search|overdue|completed|show|history|projects|tags|summary)')
	for words in add modify 'field define' export commands; do
		# shellcheck disable=SC2086 # words of a command
		LC_ALL=C taskctl help $words >>ours
	done
	grep -q 'TITLE\.\.\.' ours
	LC_ALL=C run -2 --separate-stderr taskctl annotate 1
	# shellcheck disable=SC2154 # bats sets stderr
	has "$stderr" "TEXT..."
	run ! grep -a -P '[^\x00-\x7F]' ours
}

@test "colours are where they are asked for, and nothing else changes" {
	while read -r _ words; do
		# shellcheck disable=SC2086 # words of a command
		for columns in 40 80 200; do
			COLUMNS=$columns taskctl $words --color=always | sed 's/\x1b\[[0-9;]*m//g' >with
			COLUMNS=$columns taskctl $words --color=never >without
			golden_steady <with >with.steady
			golden_steady <without | diff -u - with.steady
			run ! grep -n ' $' without
		done
	done < <(golden_scenes | grep -v "^settings") # which show the colour itself
	run ! grep -q $'\e' <<<"$(TERM=dumb taskctl list; NO_COLOR=1 taskctl list; taskctl list)"
}
