#!/usr/bin/env bats
# Personal tokens, for scripts and other machines.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

# create NAME [OPTION…]: the token on stdout.
create() { printf '%s\n' "$PASSWORD" | taskctl token create --password-stdin --name "$@"; }

@test "a token is printed once, alone on stdout, and works" {
	run --separate-stderr -0 create backup
	case $output in tkp_*) ;; *) false ;; esac
	equals "$(wc -l <<<"$output")" 1
	has "$stderr" "not shown again"
	TASKCTL_TOKEN=$output taskctl add -q "Buy milk"
	equals "$(TASKCTL_TOKEN=$output taskctl list -q)" 1
	has_not "$(taskctl token list; taskctl token list --json)" "$output"
}

@test "a token does what its scopes say" {
	token=$(create reader -q --scope tasks:read)
	export TASKCTL_TOKEN=$token
	taskctl list
	run -4 taskctl add "Buy milk"
	run -4 taskctl session list
	unset TASKCTL_TOKEN
	run --separate-stderr -2 create other --scope tasks:eat
	has "$stderr" tasks:write
	create both -q --scope tasks:read,tasks:write --json | jq -e '.scopes == ["tasks:read", "tasks:write"]'
}

@test "how long a token holds is said in days, hours, minutes, seconds or weeks" {
	for time in 90d:7776000 12h:43200 30m:1800 600s:600 4w:2419200; do
		create "${time%:*}" --json --expires "${time%:*}" | jq -e --argjson seconds "${time#*:}" \
			'(.expires_at | fromdate) - (.created_at | fromdate) == $seconds'
	done
	for time in 90 d 0d -1d 1.5h 9999999999999d 1y "1 d"; do
		run --separate-stderr -2 create never --expires="$time"
		has "$stderr" "--expires"
	done
}

@test "a name is taken once, and no name is advised on" {
	create backup -q
	run --separate-stderr -3 create backup
	has "$stderr" "taskctl token revoke backup"
	run --separate-stderr -2 taskctl token create
	has "$stderr" "token create --name"
}

@test "a wrong password makes no token" {
	PASSWORD="not the password" run --separate-stderr -4 create backup
	equals "$output" ""
	equals "$(taskctl token list -q)" ""
}

@test "token list shows name, scopes and end within sixty columns" {
	create backup -q --scope tasks:read
	run --separate-stderr -0 taskctl token list
	has "$output" backup
	has "$output" tasks:read
	[ "$(COLUMNS=60 taskctl token list | wc -L)" -le 60 ]
	equals "$(taskctl token list -q)" "$(taskctl token list --json | jq -r '.[].id')"
}

@test "a token is revoked by its name or its id, and then refused" {
	token=$(create backup -q)
	taskctl token revoke backup
	TASKCTL_TOKEN=$token run --separate-stderr -4 taskctl list
	has "$stderr" TASKCTL_TOKEN
	token=$(create backup -q)
	id=$(taskctl token list -q)
	taskctl token revoke -- "${id:0:6}"
	TASKCTL_TOKEN=$token run -4 taskctl list
	create one -q && create two -q
	equals "$(taskctl token revoke --all --json)" '{"count":2}'
	run --separate-stderr -1 taskctl token revoke nothing
	has "$stderr" "taskctl token list"
	run -2 taskctl token revoke
	run -2 taskctl token revoke one --all
}

@test "token inspect knows the login's token, the environment's and one on stdin" {
	has "$(taskctl token inspect)" access_token
	token=$(create backup -q)
	has "$(TASKCTL_TOKEN=$token taskctl token inspect)" personal_token
	printf '%s\n' "$token" | taskctl token inspect - --json |
		jq -e '.active and .name == "backup" and .scope == "tasks:read tasks:write" and (.exp | type) == "number"'
	has_not "$(printf '%s\n' "$token" | taskctl token inspect -)" "$token"
}

@test "token inspect of what is no token fails, and no token is taken from the command line" {
	run --separate-stderr -4 bash -c 'echo rubbish | taskctl token inspect - --json'
	equals "$output" '{"active":false}'
	run --separate-stderr -2 taskctl token inspect rubbish
	has "$stderr" "token inspect -"
	run -2 bash -c 'taskctl token inspect - </dev/null'
}
