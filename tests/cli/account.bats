#!/usr/bin/env bats
# Changing one's own account, taking its data along, and its end.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

NEW='a new and long phrase'

# change COMMAND…: with the current password and the new one as two lines.
change() { printf '%s\n' "$PASSWORD" "$NEW" | taskctl "$@" --password-stdin; }
prove() { printf '%s\n' "$PASSWORD" | taskctl "$@" --password-stdin; }

@test "a changed password ends the other sessions, and this login goes on" {
	token=$(prove token create -q --name old)
	XDG_CONFIG_HOME=$scratch/elsewhere log_in ann@example.com
	run --separate-stderr -0 change account password
	equals "$output" ""
	has "$stderr" "ann@example.com"
	equals "$(taskctl whoami)" ann@example.com
	XDG_CONFIG_HOME=$scratch/elsewhere run -4 taskctl whoami
	TASKCTL_TOKEN=$token run -4 taskctl list
	run -4 log_in ann@example.com
	log_in ann@example.com "$NEW"
}

@test "changing the password of another login leaves the active one active" {
	sign_up bob@example.com
	change account password --account ann@example.com
	equals "$(taskctl whoami)" bob@example.com
	equals "$(taskctl whoami --account ann@example.com)" ann@example.com
}

@test "a password is changed with a token that is due for renewal, too" {
	jq '.profiles[].access_token = "a.b.c"' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	timeout 30 taskctl account password --password-stdin <<<"$PASSWORD"$'\n'"$NEW"
	equals "$(taskctl whoami)" ann@example.com
}

@test "a wrong or missing password changes nothing" {
	PASSWORD="not the password" run --separate-stderr -4 change account password
	has "$stderr" "password is not right"
	run --separate-stderr -2 bash -c "echo '$PASSWORD' | taskctl account password --password-stdin"
	has "$stderr" "no new password was given"
	has "$stderr" "the first line is"
	run --separate-stderr -2 bash -c "printf '%s\n%s\n' '$PASSWORD' short | taskctl account password --password-stdin"
	equals "$(taskctl whoami)" ann@example.com
	log_in ann@example.com
}

@test "another email renames the login" {
	sign_up bob@example.com
	taskctl auth switch ann@example.com
	run --separate-stderr -0 prove account email anna@example.com
	has "$stderr" "anna@example.com"
	equals "$(taskctl whoami)" anna@example.com
	equals "$(jq -r '.active, (.profiles | keys | join(" "))' "$config/credentials.json" | paste -s -d ' ')" \
		"anna@example.com anna@example.com bob@example.com"
	run -3 prove account email bob@example.com
	run --separate-stderr -2 prove account email
	has "$stderr" "account email EMAIL"
}

@test "an email that was changed elsewhere is found out when the token is renewed" {
	XDG_CONFIG_HOME=$scratch/elsewhere log_in ann@example.com
	XDG_CONFIG_HOME=$scratch/elsewhere prove account email anna@example.com
	jq '.profiles[].access_expires_at = 1' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	equals "$(taskctl whoami)" anna@example.com
	equals "$(taskctl auth list -q)" anna@example.com
	equals "$(jq -r .active "$config/credentials.json")" anna@example.com
}

@test "a code sets a new password, and logs in" {
	code=$(taskctl daemon reset-code -q ann@example.com)
	rm "$config/credentials.json"
	run --separate-stderr -0 bash -c "printf '%s\n%s\n' '$code' '$NEW' | taskctl account reset --email ann@example.com --password-stdin"
	equals "$(taskctl whoami)" ann@example.com
	log_in ann@example.com "$NEW"
	run --separate-stderr -4 bash -c "printf '%s\n%s\n' '$code' '$NEW' | taskctl account reset --email ann@example.com --password-stdin"
	has "$stderr" "reset-code"
}

@test "an account is deleted with --yes alone where nobody can be asked" {
	run --separate-stderr -2 prove account delete
	has "$stderr" "--yes"
	has "$stderr" "account export"
	PASSWORD="not the password" run -4 prove account delete --yes
	equals "$(taskctl whoami)" ann@example.com
	run --separate-stderr -0 prove account delete --yes
	run -4 taskctl whoami
	equals "$(taskctl auth list -q)" ""
	run -4 log_in ann@example.com
}

@test "an export is one object with everything in it" {
	seq 300 | while read -r number; do printf 'task %s\n' "$number"; done >titles
	xargs -P 8 -I{} taskctl add -q '{}' <titles >/dev/null
	run --separate-stderr -0 prove account export
	equals "$stderr" ""
	jq -e '.account.email == "ann@example.com" and (.tasks | length) == 300 and (.tasks | map(.id) | unique | length) == 300
		and (.sessions | length) == 1 and .tokens == [] and (.log | length) > 0 and (.history | length) == 300' <<<"$output"
	PASSWORD="not the password" run -4 prove account export
}

@test "an export that cannot be written is no success" {
	run --separate-stderr -6 bash -c "echo '$PASSWORD' | taskctl account export --password-stdin >/dev/full"
	has "$stderr" "cannot write the output"
}

@test "the log says what happened, newest first" {
	run -4 log_in ann@example.com "not the password"
	log_in ann@example.com
	equals "$(taskctl account log --json | jq -r '.[-1].event')" signup
	equals "$(taskctl account log --json --limit 1 | jq length)" 1
	taskctl account log --json | jq -e 'map(.event) | index("login_failed") != null'
	[ "$(COLUMNS=60 taskctl account log | wc -L)" -le 60 ]
	equals "$(taskctl account log -q --limit 2 | wc -l)" 2
}
