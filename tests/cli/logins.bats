#!/usr/bin/env bats
# Several accounts logged in on one machine, of which one is active.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home
	sign_up ann@example.com
	sign_up bob@example.com
}
teardown() { remove_home; }

active() { jq -r .active "$config/credentials.json"; }

@test "--account uses another login for one command" {
	equals "$(taskctl whoami --account ann@example.com)" ann@example.com
	equals "$(taskctl --account ANN@example.com whoami)" ann@example.com
	equals "$(taskctl whoami)" bob@example.com
	taskctl --account ann@example.com add -q "Buy milk"
	equals "$(taskctl list -q | wc -l)" 0
	equals "$(taskctl list -q --account ann@example.com)" 1
}

@test "an account that is not logged in is refused with those that are" {
	run --separate-stderr -4 taskctl --account cleo@example.com whoami
	equals "$output" ""
	has "$stderr" "cleo@example.com is not logged in here"
	has "$stderr" "ann@example.com, bob@example.com"
	has "$stderr" "taskctl login --email cleo@example.com"
}

@test "TASKCTL_ACCOUNT is like --account, which goes over it, and a token goes between" {
	equals "$(TASKCTL_ACCOUNT=ann@example.com taskctl whoami)" ann@example.com
	equals "$(TASKCTL_ACCOUNT=ann@example.com taskctl --account bob@example.com whoami)" bob@example.com
	token=$(taskctl token)
	equals "$(TASKCTL_TOKEN=$token taskctl --account ann@example.com whoami)" ann@example.com
	equals "$(TASKCTL_TOKEN=$token TASKCTL_ACCOUNT=ann@example.com taskctl whoami)" bob@example.com
}

@test "renewing the login of another account leaves the active one active" {
	jq '.profiles[].access_expires_at = 1' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	equals "$(taskctl whoami --account ann@example.com)" ann@example.com
	equals "$(active)" bob@example.com
	jq -e '.profiles["ann@example.com"].access_expires_at > now and .profiles["bob@example.com"].access_expires_at == 1' \
		"$config/credentials.json"
	equals "$(taskctl whoami)" bob@example.com
}

@test "auth list shows who is logged in, and which one is active" {
	run --separate-stderr -0 taskctl auth list
	equals "$(tr -s ' ' <<<"$output" | cut -d' ' -f1,2)" "$(printf 'Active Email\n ann@example.com\n* bob@example.com')"
	equals "$(taskctl auth list -q | paste -s -d ' ')" "ann@example.com bob@example.com"
	taskctl auth list --json | jq -e 'map([.email, .is_active]) == [["ann@example.com", false], ["bob@example.com", true]]'
	[ "$(COLUMNS=60 taskctl auth list | wc -L)" -le 60 ]
	has_not "$(taskctl auth list --json)" "$(jq -r '.profiles[].access_token' "$config/credentials.json" | head -n 1)"
}

@test "auth list of nobody is empty and no failure" {
	rm "$config/credentials.json"
	run --separate-stderr -0 taskctl auth list
	equals "$output" ""
	equals "$(taskctl auth list --json)" "[]"
}

@test "auth list starts no daemon" {
	taskctl daemon stop -q
	taskctl auth list -q
	taskctl auth switch ann@example.com
	run -5 taskctl daemon status
}

@test "auth switch changes who is active, and an unknown one is refused" {
	taskctl auth switch ANN@example.com
	equals "$(taskctl whoami)" ann@example.com
	equals "$(active)" ann@example.com
	run --separate-stderr -4 taskctl auth switch cleo@example.com
	has "$stderr" "ann@example.com, bob@example.com"
	equals "$(active)" ann@example.com
	equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
	run --separate-stderr -2 taskctl auth switch
	has "$stderr" "auth switch EMAIL"
	run -2 taskctl auth switch ann@example.com bob@example.com
	TASKCTL_ACCOUNT=bob@example.com run --separate-stderr -0 taskctl auth switch ann@example.com
	has "$stderr" TASKCTL_ACCOUNT
}

@test "auth status says whose login it is, where it is kept, and how long it holds" {
	run --separate-stderr -0 taskctl auth status
	for part in bob@example.com "$config/credentials.json" 0600 "$XDG_RUNTIME_DIR/taskd/taskd.sock" "Login until"; do
		has "$output" "$part"
	done
	taskctl auth status --json | jq -e '.valid and .is_active and .mode == "0600" and .token_from == "login"
		and (.access_expires_at | fromdate > now) and (.login_expires_at | fromdate > now)'
	taskctl auth status --json --account ann@example.com |
		jq -e '.email == "ann@example.com" and (.is_active | not) and .account_from == "--account"'
	equals "$(taskctl auth status -q)" ""
}

@test "auth status never shows a token, and names the variable that it came from" {
	token=$(taskctl token)
	export TASKCTL_TOKEN=$token
	has "$(taskctl auth status)" "TASKCTL_TOKEN"
	taskctl auth status --json | jq -e '.token_from == "TASKCTL_TOKEN" and .email == "bob@example.com"'
	has_not "$(taskctl auth status; taskctl auth status --json)" "${token##*.}"
	printf '%s\n' "$token" >token
	unset TASKCTL_TOKEN
	has "$(TASKCTL_TOKEN_FILE=$scratch/token taskctl auth status)" TASKCTL_TOKEN_FILE
}

@test "auth status fails where the token does not hold, and still says what is known" {
	TASKCTL_TOKEN=rubbish run --separate-stderr -4 taskctl auth status
	has "$output" "TASKCTL_TOKEN"
	has_not "$output$stderr" rubbish
	jq '.profiles[] |= (.access_token = "a.b.c" | .refresh_token = "tkr_none")' "$config/credentials.json" >new
	cat new >"$config/credentials.json"
	run --separate-stderr -4 taskctl auth status
	has "$output" bob@example.com
	has "$stderr" "taskctl login --email bob@example.com"
	rm "$config/credentials.json"
	run --separate-stderr -4 taskctl auth status --json
	jq -e '.valid == false' <<<"$output"
}

@test "logging out of one leaves the other, and says who is active now" {
	run --separate-stderr -0 taskctl logout --account ann@example.com
	has "$stderr" "ann@example.com is logged out."
	has "$stderr" "The active login is bob@example.com."
	equals "$(taskctl whoami)" bob@example.com
	sign_up cleo@example.com
	run --separate-stderr -0 taskctl logout
	has "$stderr" "taskctl auth switch bob@example.com"
	run --separate-stderr -4 taskctl whoami
	has "$stderr" "taskctl auth switch"
	has "$stderr" bob@example.com
	equals "$(taskctl whoami --account bob@example.com)" bob@example.com
	run --separate-stderr -4 taskctl logout --account ann@example.com
}
