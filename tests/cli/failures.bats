#!/usr/bin/env bats
# Connections and disks that fail, each with a message of its own.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() {
	[ -z "${listener:-}" ] || kill "$listener" 2>/dev/null || true
	remove_home
}

# fails MESSAGE: whoami with the socket ends with 5, and says it, with the path and what to do.
fails() {
	run --separate-stderr -5 taskctl --socket "$path" whoami
	equals "$output" ""
	has "$stderr" "$1"
	has "$stderr" "$path"
	equals "$(wc -l <<<"$stderr")" 2
}

@test "connection failures are told apart" {
	sign_up
	taskctl daemon stop -q
	path=/$(printf 'x%.0s' {1..120})
	fails "120" || fails "121"
	path=$scratch/file
	: >"$path"
	fails "is no socket"
}

@test "somebody who is no taskd is recognized" {
	sign_up
	path=$scratch/other.sock
	socat "UNIX-LISTEN:$path,fork" SYSTEM:'echo hello' &
	listener=$!
	until_true [ -S "$path" ]
	run --separate-stderr -5 taskctl --socket "$path" whoami
	has "$stderr" "no taskd"
}

@test "somebody who hangs up is no answer" {
	sign_up
	path=$scratch/other.sock
	socat "UNIX-LISTEN:$path,fork" SYSTEM:'exit' &
	listener=$!
	until_true [ -S "$path" ]
	run --separate-stderr -6 taskctl --socket "$path" whoami
	has "$stderr" "went away"
}

@test "a socket of another user gets no token" {
	[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || skip "needs root and setpriv"
	sign_up
	mkdir -m 777 theirs
	chmod 711 "$scratch"
	path=$scratch/theirs/other.sock
	setpriv --reuid 65533 --clear-groups socat "UNIX-LISTEN:$path,fork,mode=777" "SYSTEM:cat >$scratch/theirs/heard" &
	listener=$!
	until_true [ -S "$path" ]
	# For root, root is trusted; so the client is somebody else, too.
	cp -r "$HOME" theirs/home
	chown -R 65532 theirs/home
	chmod -R go= theirs/home
	HOME=$scratch/theirs/home run --separate-stderr -4 setpriv --reuid 65532 --clear-groups "$(readlink -f "$TASKCTL")" --socket "$path" whoami
	has "$stderr" "nothing was sent"
	[ ! -s "$scratch/theirs/heard" ]
}

@test "a daemon that cannot start says why" {
	mkdir -p "$HOME/.config/taskd"
	echo 'nonsense = 1' >"$HOME/.config/taskd/taskd.conf"
	run --separate-stderr -5 taskctl daemon start
	has "$stderr" "nonsense"
	has "$stderr" "taskd.conf:1"
	has_not "$stderr" "taskd: error"
}

@test "a daemon that dies at once, with the socket, has its last words told" {
	sign_up
	taskctl daemon stop -q
	mkdir elsewhere
	cp "$TASKCTL" elsewhere/
	printf '%s\n' '#!/bin/sh' 'echo "2101-01-01T00:00:00Z taskd: error: cannot start: no luck" >&2' 'exit 1' >elsewhere/taskd
	chmod +x elsewhere/taskd
	for _ in 1 2 3 4 5; do
		run --separate-stderr -5 elsewhere/taskctl list
		equals "${stderr%%
*}" "taskctl: the daemon could not start: no luck"
	done
}

@test "no taskd anywhere is said" {
	mkdir elsewhere
	cp "$TASKCTL" elsewhere/
	PATH=/usr/bin:/bin run --separate-stderr elsewhere/taskctl daemon start
	# Where taskd is installed on this machine, that one is found.
	[ "$status" = 0 ] || has "$stderr" taskd
	elsewhere/taskctl daemon stop -q || true
}

@test "a settings file of the client with a mistake names the line" {
	mkdir -p "$config"
	printf 'color = auto\ncolour = never\n' >"$config/config"
	run --separate-stderr -2 taskctl whoami
	has "$stderr" "config:2"
	has "$stderr" "color"
}

@test "a folder for credentials that cannot be written to is said before a password travels" {
	[ "$(id -u)" != 0 ] || skip "root writes everywhere"
	sign_up
	chmod 500 "$config"
	run --separate-stderr -6 log_in ann@example.com
	chmod 700 "$config"
	has "$stderr" "$config"
}

@test "a full disk under the credentials loses nothing" {
	sign_up
	before=$(cat "$config/credentials.json")
	# A file may not grow: what a full disk looks like to a writer.
	run --separate-stderr -6 bash -c "set -o pipefail; trap '' XFSZ; ulimit -f 0; echo '$PASSWORD' | taskctl login --email ann@example.com --password-stdin 2>&1 | cat"
	has "$output" credentials.json
	equals "$(cat "$config/credentials.json")" "$before"
	equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
	equals "$(taskctl whoami)" ann@example.com
}

@test "no home is said" {
	HOME='' run --separate-stderr taskctl whoami
	[ "$status" -ne 0 ]
	has "$stderr" taskctl
}

@test "root leaves another owner's home alone" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	chown 65532 "$HOME"
	run --separate-stderr -4 taskctl whoami
	has "$stderr" "sudo -H"
	chown 0 "$HOME"
}

@test "closed standard descriptors do no harm" {
	sign_up
	run --separate-stderr -6 bash -c 'taskctl list --json >&-'
	bash -c 'taskctl add -q "Buy milk" <&- 2>&-'
	equals "$(taskctl list -q)" 1
}

@test "a difference in versions is said once" {
	sign_up
	[ ! -e "$config/daemon-version-seen" ]
	equals "$(taskctl whoami 2>&1)" ann@example.com
}
