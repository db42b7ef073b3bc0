#!/usr/bin/env bats
# A daemon that says to come back later.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() {
	make_home
	# One attempt, and another each second.
	printf 'login_burst = 1\nlogin_per_hour = 3600\n' >>"$HOME/.config/taskd/taskd.conf"
	sign_up
}
teardown() {
	[ -z "${waiting:-}" ] || kill "$waiting" 2>/dev/null || true
	remove_home
}

@test "too many attempts say how long to wait, and of --wait" {
	run log_in ann@example.com "not the password"
	run --separate-stderr -6 log_in ann@example.com "not the password"
	has "$stderr" "try again in 1 second, or use --wait"
}

@test "--wait waits and then works" {
	run log_in ann@example.com "not the password"
	printf '%s\n' "$PASSWORD" >password
	run --separate-stderr -0 timeout 30 taskctl --wait login --email ann@example.com --password-stdin <password
	has "$stderr" "waiting for 1 second"
	has "$stderr" "Logged in as ann@example.com."
}

# From here on the next attempt is an hour away.
make_slow() {
	sed -i 's/login_per_hour = .*/login_per_hour = 1/' "$HOME/.config/taskd/taskd.conf"
	taskctl daemon stop -q
	run log_in ann@example.com "not the password"
	printf '%s\n' "$PASSWORD" >password
}

@test "nobody else waits for the lock of whoever waits for the daemon" {
	make_slow
	taskctl --wait login --email ann@example.com --password-stdin <password 2>said 3>&- &
	waiting=$!
	until_true grep -q "waiting for" said
	run -0 timeout 10 taskctl token
}

@test "Ctrl-C ends the waiting" {
	make_slow
	run -124 timeout -s INT 2 taskctl --wait login --email ann@example.com --password-stdin <password
	equals "$(ls "$config")" "$(printf 'credentials.json\ncredentials.lock')"
}
