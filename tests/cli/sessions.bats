#!/usr/bin/env bats
# The account's sessions on several machines, which several homes stand for.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

# elsewhere COMMAND…: as another machine of the same person, with the same daemon.
elsewhere() { XDG_CONFIG_HOME=$scratch/elsewhere taskctl --socket "$XDG_RUNTIME_DIR/taskd/taskd.sock" "$@"; }

log_in_elsewhere() { printf '%s\n' "$PASSWORD" | elsewhere login -q --email ann@example.com --password-stdin "$@"; }

@test "session list shows each, and marks the one that is used" {
	log_in_elsewhere --name "the laptop"
	run --separate-stderr -0 taskctl session list
	has "$output" "the laptop"
	equals "$(grep -c '^\*' <<<"$output")" 1
	taskctl session list --json | jq -e 'length == 2 and ([.[] | select(.is_current)] | length == 1)'
	equals "$(taskctl session list -q)" "$(taskctl session list --json | jq -r '.[].id')"
	[ "$(COLUMNS=60 taskctl session list | wc -L)" -le 60 ]
	NO_COLOR=1 taskctl session list | run ! grep -q $'\033'
}

@test "a session is called taskctl unless --name says otherwise" {
	equals "$(taskctl session list --json | jq -r '.[].client')" taskctl
}

@test "one session is ended by the beginning of its id, and that login alone" {
	log_in_elsewhere --name "the laptop"
	id=$(taskctl session list --json | jq -r '.[] | select(.client == "the laptop").id')
	run --separate-stderr -0 taskctl session revoke -- "${id:0:8}"
	has "$stderr" "1 session ended."
	run -4 elsewhere whoami
	equals "$(taskctl whoami)" ann@example.com
}

@test "the others end, and this one stays" {
	log_in_elsewhere
	taskctl session revoke --others
	run -4 elsewhere whoami
	equals "$(taskctl whoami)" ann@example.com
	equals "$(taskctl session revoke --others --json)" '{"count":0}'
}

@test "all end, and the login here is forgotten" {
	log_in_elsewhere
	taskctl session revoke --all
	run -4 elsewhere whoami
	run --separate-stderr -4 taskctl whoami
	equals "$(taskctl auth list -q)" ""
}

@test "ending one's own session forgets the login" {
	id=$(taskctl session list -q)
	taskctl session revoke -- "$id"
	equals "$(taskctl auth list -q)" ""
}

@test "an unknown session is exit status 1 with the next command" {
	run --separate-stderr -1 taskctl session revoke zzzzzzzz
	has "$stderr" "taskctl session list"
	run -2 taskctl session revoke zzz
	run --separate-stderr -2 taskctl session revoke
	has "$stderr" "session revoke ID"
	run -2 taskctl session revoke --all --others
	run -2 taskctl session revoke abcd --all
}

@test "logout --all ends every session of the account, and of no other" {
	sign_up bob@example.com
	taskctl auth switch ann@example.com
	log_in_elsewhere
	run --separate-stderr -0 taskctl logout --all
	has "$stderr" "Every session of ann@example.com has ended."
	run -4 elsewhere whoami
	run -4 taskctl whoami
	equals "$(taskctl auth list -q)" bob@example.com
	equals "$(taskctl whoami --account bob@example.com)" bob@example.com
}
