#!/usr/bin/env bats
# Renewing the access token where the result cannot be kept, among many, and through a crash.
# TASKCTL_RENEWAL_ROUNDS says how often the parallel one is tried; 20 for a long run.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() {
	[ -z "${mounted:-}" ] || umount "$mounted"
	remove_home
}

file() { printf '%s\n' "$config/credentials.json"; }

# The access token is due for renewal, and the refresh token good.
expire() {
	jq '.profiles[].access_expires_at = 1' "$(file)" >new
	cat new >"$(file)"
}

# unkept COMMAND…: it works with a renewed token, says once that it was not kept, and the old file is whole.
unkept() {
	local before
	before=$(cat "$(file)")
	run --separate-stderr -0 "$@"
	equals "$(grep -c "could not be kept" <<<"$stderr")" 1
	has "$stderr" "$config/credentials."
	equals "$(cat "$(file)")" "$before"
	equals "$(stat -c %a "$(file)")" 600
}

# A file may not grow: what a full disk or a quota looks like to a writer. What is printed goes through pipes, which are
# no files.
limited() (
	set -o pipefail
	{ (trap '' XFSZ && ulimit -f 0 && exec bash -c "$1") 2>&1 1>&3 3>&- | cat >&2; } 3>&1 | cat
)

@test "where no file may grow, a renewed token serves one command" {
	taskctl add -q "Buy milk"
	expire
	unkept limited 'taskctl whoami'
	equals "$output" ann@example.com
	unkept limited 'taskctl list -q'
	equals "$output" 1
	equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
	equals "$(taskctl whoami)" ann@example.com
	jq -e '.profiles[].access_expires_at > now' "$(file)"
}

@test "a command of many calls renews once" {
	for _ in 1 2 3; do taskctl add -q "Buy milk"; done
	expire
	unkept limited 'taskctl done --dry-run -f status:pending'
	unkept limited 'taskctl done --yes -q -f status:pending'
}

@test "a folder that cannot be written to is no obstacle either" {
	[ "$(id -u)" != 0 ] || skip "root writes everywhere"
	expire
	chmod 500 "$config"
	unkept taskctl whoami
	chmod 700 "$config"
	equals "$output" ann@example.com
}

@test "a disk that is mounted read-only is no obstacle either" {
	expire
	mkdir copy
	mount -t tmpfs -o mode=700 none copy 2>/dev/null || skip "may not mount"
	mounted=$scratch/copy
	cp -p "$config"/* copy/
	export XDG_CONFIG_HOME=$scratch/there
	mkdir there
	ln -s ../copy there/taskctl
	config=$scratch/there/taskctl
	mount -o remount,ro copy
	unkept taskctl whoami
	equals "$output" ann@example.com
	run --separate-stderr -6 log_in ann@example.com
	has "$stderr" "$config"
}

@test "what stands in the way of the draft is no obstacle either" {
	expire
	mkdir "$(file).new"
	unkept taskctl whoami
	equals "$output" ann@example.com
	run --separate-stderr -6 log_in ann@example.com
	rmdir "$(file).new"
}

@test "a draft that a crash left is replaced" {
	expire
	echo '{"version":1,' >"$(file).new"
	chmod 644 "$(file).new"
	run --separate-stderr -0 taskctl whoami
	equals "$stderr" ""
	equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
	equals "$(stat -c %a "$(file)")" 600
	jq -e '.profiles[].access_expires_at > now' "$(file)"
}

@test "a kill between the answer and the rename leaves the old file, which is still good" {
	expire
	before=$(cat "$(file)")
	# The first byte that is written ends the process by SIGXFSZ.
	run bash -c "ulimit -c 0; ulimit -f 0; taskctl whoami 2>/dev/null | cat; exit \${PIPESTATUS[0]}"
	[ "$status" -gt 128 ] || {
		echo "it ended with $status: $output"
		false
	}
	equals "$(cat "$(file)")" "$before"
	[ -e "$(file).new" ]
	equals "$(stat -c %a "$(file).new")" 600
	equals "$(taskctl whoami)" ann@example.com
	[ ! -e "$(file).new" ]
}

@test "fifty at once with an expired token all get through, every time" {
	for round in $(seq "${TASKCTL_RENEWAL_ROUNDS:-4}"); do
		expire
		seq 50 | xargs -P 50 -I{} sh -c 'taskctl whoami 2>&1 || echo failed' >said
		equals "$(sort said | uniq -c | tr -s ' ')" " 50 ann@example.com" || {
			echo "in round $round"
			false
		}
		jq -e '.active == "ann@example.com" and (.profiles[].access_expires_at > now)' "$(file)"
		equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
	done
}
