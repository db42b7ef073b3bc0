#!/usr/bin/env bats
# Accounts, and who is logged in.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home; }
teardown() { remove_home; }

@test "signup makes an account and logs in" {
	run --separate-stderr bash -c "echo '$PASSWORD' | taskctl signup --email ann@example.com --password-stdin"
	equals "$status" 0
	equals "$output" ""
	has "$stderr" "ann@example.com"
	equals "$(taskctl whoami)" ann@example.com
}

@test "the token's file is for its owner alone" {
	sign_up
	equals "$(stat -c %a "$config/credentials.json")" 600
	equals "$(stat -c %a "$config")" 700
	equals "$(jq -r '.version, .active' "$config/credentials.json" | paste -s)" $'1\tann@example.com'
	equals "$(jq -r '.profiles[] | keys | join(" ")' "$config/credentials.json")" \
		"access_expires_at access_token instance refresh_expires_at refresh_token session_id socket user_id"
}

@test "a second signup with the same email is a conflict" {
	sign_up
	run --separate-stderr -3 sign_up
	equals "$output" ""
	has "$stderr" "ann@example.com"
}

@test "a wrong password and an unknown email get the same words" {
	sign_up
	run --separate-stderr -4 log_in ann@example.com "not the password"
	wrong=$stderr
	run --separate-stderr -4 log_in nobody@example.com "not the password"
	equals "$stderr" "$wrong"
	has "$stderr" "Incorrect email or password"
	# The login that was there is still there.
	equals "$(taskctl whoami)" ann@example.com
}

@test "a bad email or password is named" {
	run --separate-stderr -2 sign_up "not an email"
	has "$stderr" email
	run --separate-stderr -2 bash -c "echo short | taskctl signup --email a@example.com --password-stdin"
	has "$stderr" password
	run --separate-stderr -2 bash -c "echo Password1 | taskctl signup --email a@example.com --password-stdin"
	has "$stderr" "most common"
	run --separate-stderr -2 bash -c "taskctl signup --email a@example.com --password-stdin </dev/null"
	has "$stderr" "no password"
}

@test "without a terminal and without a password there is advice" {
	run --separate-stderr -2 setsid taskctl login --email ann@example.com
	has "$stderr" "--password-stdin"
}

@test "a password may come on any descriptor, without its last line feed or with it" {
	printf '%s' "$PASSWORD" >secret
	taskctl signup -q --email ann@example.com --password-fd 7 7<secret
	log_in ann@example.com
}

@test "nobody logged in is exit status 4 with the next command" {
	for command in whoami list token "add x" "done 1"; do
		# shellcheck disable=SC2086
		run --separate-stderr -4 taskctl $command
		equals "$output" ""
		has "$stderr" "taskctl login"
	done
}

@test "logout ends the session and forgets the tokens" {
	sign_up
	token=$(taskctl token)
	taskctl logout
	run -4 taskctl whoami
	TASKCTL_TOKEN=$token run --separate-stderr -4 taskctl whoami
	has "$stderr" "Could not validate credentials"
	has_not "$(cat "$config/credentials.json")" "$token"
	taskctl logout
}

@test "logging out of one account leaves the login of another alone" {
	sign_up ann@example.com
	sign_up bob@example.com
	taskctl logout
	log_in ann@example.com
	taskctl add -q "Buy milk"
	sign_up cleo@example.com
	equals "$(taskctl list -q | wc -l)" 0
	log_in ann@example.com
	equals "$(taskctl list -q)" 1
}

@test "an expired access token is renewed unseen" {
	sign_up
	jq '.profiles[].access_expires_at = 1' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	run --separate-stderr -0 taskctl whoami
	equals "$output" ann@example.com
	equals "$stderr" ""
	jq -e '.profiles[].access_expires_at > now' "$config/credentials.json"
}

@test "a token that the daemon does not take is renewed once" {
	sign_up
	jq '.profiles[].access_token = "a.b.c"' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	equals "$(taskctl whoami)" ann@example.com
}

@test "a session that has ended says how to go on" {
	sign_up
	jq '.profiles[] |= (.access_token = "a.b.c" | .refresh_token = "tkr_none")' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	run --separate-stderr -4 taskctl list
	has "$stderr" "taskctl login --email ann@example.com"
}

@test "TASKCTL_TOKEN wins, and is never written" {
	sign_up ann@example.com
	token=$(taskctl token)
	sign_up bob@example.com
	equals "$(TASKCTL_TOKEN=$token taskctl whoami)" ann@example.com
	printf '%s\n' "$token" >token
	equals "$(TASKCTL_TOKEN_FILE=$scratch/token taskctl whoami)" ann@example.com
	equals "$(TASKCTL_TOKEN=$token taskctl token)" "$token"
	equals "$(jq -r .active "$config/credentials.json")" bob@example.com
	TASKCTL_TOKEN=rubbish run --separate-stderr -4 taskctl whoami
	has "$stderr" TASKCTL_TOKEN
}

@test "the daemon that taskctl starts does not get the token" {
	TASKCTL_TOKEN=secret-in-the-environment run -4 taskctl whoami
	pid=$(cat "$data/taskd.lock")
	run ! grep -q -a -e secret-in-the-environment "/proc/$pid/environ"
}

@test "token prints a fresh one each time" {
	sign_up
	first=$(taskctl token)
	equals "$(taskctl token | tr -cd . | wc -c)" 2
	equals "$(TASKCTL_TOKEN=$first taskctl whoami)" ann@example.com
	taskctl token --json | jq -e '.access_token and (.expires_at > now + 1500)'
}

@test "credentials that others may read are refused" {
	sign_up
	chmod 644 "$config/credentials.json"
	run --separate-stderr -4 taskctl whoami
	has "$stderr" "chmod 600 $config/credentials.json"
}

@test "a damaged credentials file is said, and a login mends it" {
	sign_up
	echo '{"version":1,' >"$config/credentials.json"
	run --separate-stderr -4 taskctl whoami
	has "$stderr" damaged
	log_in ann@example.com
	equals "$(taskctl whoami)" ann@example.com
}

@test "a daemon with another store is told apart from a bad password" {
	sign_up
	taskctl daemon stop -q
	rm -rf "$data"
	run --separate-stderr -4 taskctl whoami
	has "$stderr" "not the one where ann@example.com logged in"
}
