#!/usr/bin/env bats
# What whoever runs the daemon does, without a login.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() { remove_home; }

@test "accounts are listed with what they have" {
	sign_up
	taskctl add -q "Buy milk"
	taskctl logout
	run --separate-stderr -0 taskctl daemon accounts
	has "$output" "ann@example.com"
	taskctl daemon accounts --json | jq -e 'map([.email, .state, .tasks]) == [["ann@example.com", "active", 1]]'
	equals "$(taskctl daemon accounts -q)" ann@example.com
	[ "$(COLUMNS=60 taskctl daemon accounts | wc -L)" -le 60 ]
}

@test "an explicit socket and a token in the environment make no difference" {
	sign_up
	token=$(taskctl token)
	equals "$(TASKCTL_TOKEN=$token taskctl --socket "$XDG_RUNTIME_DIR/taskd/taskd.sock" daemon accounts -q)" ann@example.com
}

@test "more accounts than a page holds are listed all, and --limit counts" {
	taskctl daemon start -q
	for number in $(seq 120); do taskctl daemon add-account -q "a$number@example.com" >/dev/null; done
	equals "$(taskctl daemon accounts -q | wc -l)" 120
	equals "$(taskctl daemon accounts -q | sort -u | wc -l)" 120
	equals "$(taskctl daemon accounts -q --limit 7 | wc -l)" 7
}

@test "an account that is added is opened by its code" {
	run --separate-stderr -0 taskctl daemon add-account dora@example.com
	equals "$(tr -cd -- - <<<"$output" | wc -c)" 4
	has "$stderr" "taskctl account reset --email dora@example.com"
	run -4 log_in dora@example.com
	printf '%s\n%s\n' "$output" "$PASSWORD" | taskctl account reset --email dora@example.com --password-stdin || true
	code=$(taskctl daemon reset-code -q dora@example.com)
	printf '%s\n%s\n' "$code" "$PASSWORD" | taskctl account reset --email dora@example.com --password-stdin
	equals "$(taskctl whoami)" dora@example.com
	run --separate-stderr -3 taskctl daemon add-account dora@example.com
	has "$stderr" "taskctl daemon reset-code dora@example.com"
}

@test "a disabled account is kept out until it is enabled" {
	sign_up
	taskctl daemon disable ann@example.com
	run -4 taskctl whoami
	run -4 log_in ann@example.com
	taskctl daemon accounts --json | jq -e '.[0].state == "disabled"'
	taskctl daemon enable ann@example.com
	log_in ann@example.com
	run --separate-stderr -1 taskctl daemon disable nobody@example.com
	has "$stderr" "taskctl daemon accounts"
	run --separate-stderr -2 taskctl daemon disable
}

@test "keys are rotated, and logins hold unless the old keys are revoked" {
	sign_up
	token=$(taskctl token)
	taskctl daemon rotate-keys
	equals "$(TASKCTL_TOKEN=$token taskctl whoami)" ann@example.com
	taskctl daemon rotate-keys --revoke-old --json | jq -e '.kid and .algorithm and .keys'
	TASKCTL_TOKEN=$token run -4 taskctl whoami
	# The login renews by itself.
	equals "$(taskctl whoami)" ann@example.com
}

@test "the store is checked, and its log shown" {
	sign_up
	run --separate-stderr -0 taskctl daemon check
	equals "$output" ""
	taskctl daemon check --json | jq -e '.ok'
	taskctl daemon rotate-keys -q
	taskctl daemon log --json | jq -e '.[0].event == "keys_rotated"'
}

@test "status says more to whoever runs the daemon" {
	taskctl daemon start -q
	taskctl daemon status --json | jq -e '.limits and .keys.active_kid and .signup == "open" and .pid and .started_at'
	has "$(taskctl daemon status)" "Signs with"
	# Paths are as long as they are.
	[ "$(COLUMNS=60 taskctl daemon status | grep -v "$scratch" | wc -L)" -le 60 ]
}

@test "whoever does not run the daemon is refused, and sees a short status" {
	[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || skip "needs root and setpriv"
	taskctl daemon start -q
	chmod 711 "$scratch" "$scratch/run" "$scratch/run/taskd"
	chmod 666 "$scratch/run/taskd/taskd.sock"
	cp -r "$(readlink -f "$TASKCTL")" taskctl
	mkdir -m 700 theirs && chown 65532 theirs
	theirs() {
		HOME=$scratch/theirs setpriv --reuid 65532 --clear-groups "$scratch/taskctl" \
			--socket "$scratch/run/taskd/taskd.sock" "$@"
	}
	run --separate-stderr -4 theirs daemon accounts
	has "$stderr" operator
	run --separate-stderr -0 theirs daemon status
	has_not "$output" "Signs with"
}

@test "a backup is a file for its owner, and replaces none" {
	sign_up
	taskctl add -q "Buy milk"
	umask 0
	run --separate-stderr -0 taskctl daemon backup copy.db
	equals "$output" ""
	equals "$(stat -c %a copy.db)" 600
	equals "$(taskctl daemon backup --json other.db | jq .bytes)" "$(stat -c %s other.db)"
	before=$(sha256sum copy.db)
	run --separate-stderr -3 taskctl daemon backup copy.db
	has "$stderr" "copy.db is there already"
	equals "$(sha256sum copy.db)" "$before"
	ln -s nowhere link.db
	run -3 taskctl daemon backup link.db
	run -6 taskctl daemon backup no/such/folder.db
	# Nothing is left behind, neither beside the file nor in the data folder.
	equals "$(find . -maxdepth 1 -name '*.db*' | sort | paste -s -d ' ')" "./copy.db ./link.db ./other.db"
	equals "$(find "$data" -name '*backup*')" ""
}

@test "a backup that cannot be written leaves nothing" {
	sign_up
	run --separate-stderr -6 bash -c "set -o pipefail; (trap '' XFSZ; ulimit -f 0; taskctl daemon backup copy.db) 2>&1 | cat"
	equals "$(find . -maxdepth 1 -name 'copy.db*')" ""
	equals "$(find "$data" -name '*backup*')" ""
}

@test "going back to a backup brings back what was there" {
	sign_up
	taskctl add -q "Buy milk"
	taskctl daemon backup copy.db
	taskctl add -q "Pay the rent"
	run --separate-stderr -2 taskctl daemon restore copy.db
	has "$stderr" "--yes"
	equals "$(taskctl list -q | wc -l)" 2
	run --separate-stderr -0 taskctl daemon restore --yes copy.db
	taskctl daemon status
	log_in ann@example.com
	equals "$(taskctl list --format '{title}')" "Buy milk"
}

@test "going back to what is no backup changes nothing, and the daemon runs again" {
	sign_up
	taskctl add -q "Buy milk"
	echo rubbish >copy.db
	run --separate-stderr -6 taskctl daemon restore --yes copy.db
	has "$stderr" "was not replaced"
	taskctl daemon status
	equals "$(taskctl list -q)" 1
	run --separate-stderr -2 taskctl daemon restore --yes nowhere.db
	has "$stderr" "nowhere.db"
}
