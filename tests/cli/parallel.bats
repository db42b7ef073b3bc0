#!/usr/bin/env bats
# Many at once, as scripts do it.
# shellcheck disable=SC2154 # bats sets output and stderr
load helper
setup() { make_home && sign_up; }
teardown() { remove_home; }

@test "parallel adds get an id each" {
	seq 100 | xargs -P 20 -I{} taskctl add -q "task {}" >ids
	equals "$(sort -n ids | paste -s -d ' ')" "$(seq 100 | paste -s -d ' ')"
	equals "$(taskctl list --format '{title}' | sort -V | paste -s)" "$(seq -f 'task %g' 100 | paste -s)"
}

@test "one task is completed by exactly one of many" {
	taskctl add -q one
	seq 20 | xargs -P 20 -I{} sh -c 'taskctl done 1 >/dev/null 2>&1; echo $?' >said
	equals "$(sort said | uniq -c | tr -s ' ' | paste -s)" " 1 0	 19 3"
}

@test "parallel logins each end with a login" {
	seq 12 | xargs -P 12 -I{} sh -c "echo '$PASSWORD' | taskctl login -q --email ann@example.com --password-stdin; echo \$?" >said
	equals "$(sort said | uniq -c | tr -s ' ')" " 12 0"
	equals "$(taskctl whoami)" ann@example.com
}

@test "logins while others list disturb nobody" {
	taskctl add -q one
	seq 30 | xargs -P 6 -I{} sh -c "
		if [ \$(({} % 10)) = 0 ]; then echo '$PASSWORD' | taskctl login -q --email ann@example.com --password-stdin
		else taskctl list -q >/dev/null; fi; echo \$?" >said
	equals "$(sort said | uniq -c | tr -s ' ')" " 30 0"
}
