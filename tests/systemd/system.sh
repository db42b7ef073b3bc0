#!/bin/bash
# In a container, as root: the system-wide daemon keeps what taskd(8) promises.
. "$(dirname "$0")/expect.sh"

socket=/run/taskd/taskd.sock
as() { runuser -u "$1" -- env -C / HOME="/home/$1" TASKCTL_SOCKET=$socket "${@:2}"; }
call() { printf '%s\n' "$1" | timeout 20 socat -t 20 - UNIX-CONNECT:$socket; }
in_journal() { journalctl -u taskd.service --no-pager -o cat | grep -q -- "$1"; }
main_pid() { systemctl show -P MainPID taskd.service; }

promise "user, folders and settings are made"
systemd-sysusers
systemd-tmpfiles --create taskd.conf
expect "the settings" "signup = operator" "$(grep -v -e '^#' -e '^$' /etc/taskd/taskd.conf)"
expect "the data folder" "taskd 700" "$(stat -c '%U %a' /var/lib/taskd)"

promise "the units are clean"
expect "systemd-analyze verify" "" "$(systemd-analyze --man=no verify /usr/lib/systemd/system/taskd.socket /usr/lib/systemd/system/taskd.service 2>&1)"

promise "the first connection starts the service, as its own user"
systemctl -q enable --now taskd.socket
expect "the socket" "root taskd 660" "$(stat -c '%U %G %a' $socket)"
expect "the service before" inactive "$(systemctl show -P ActiveState taskd.service)"
expect "the answer" taskd "$(call '{"jsonrpc":"2.0","id":1,"method":"system.ping"}' | jq -r .result.name)"
expect "the daemon's user" taskd "$(ps -o user= -p "$(main_pid)")"

promise "only the operator makes accounts"
usermod -a -G taskd tester
expect "a stranger" "forbidden" "$(as tester socat -t 20 - UNIX-CONNECT:$socket <<<'{"jsonrpc":"2.0","id":1,"method":"account.signup","params":{"email":"ann@example.com","password":"a long pass phrase"}}' | jq -r .error.data.kind)"
expect "the operator" "ann@example.com" "$(call '{"jsonrpc":"2.0","id":1,"method":"account.signup","params":{"operator":true,"email":"ann@example.com","password":"a long pass phrase"}}' | jq -r .result.email)"

promise "members of the group use it, others cannot connect"
as tester taskctl login --email ann@example.com --password-stdin <<<"a long pass phrase"
expect "the first id" 1 "$(as tester taskctl add -q "Buy milk")"
status=0
as bob taskctl whoami 2>/dev/null || status=$?
[ $status != 0 ] || fail "bob got in"

promise "the sandbox refuses a write outside, and only there"
probe() { probe_write /usr/lib/systemd/system/taskd.service "$1" /etc/systemd/system systemctl; }
expect "a write in the data folder" written "$(probe /var/lib/taskd/probe)"
test -s /var/lib/taskd/probe || fail "the probe wrote elsewhere"
chmod 777 /etc/taskd /run/taskd /srv
expect "a write in the settings" refused "$(probe /etc/taskd/probe)"
expect "a write beside the socket" refused "$(probe /run/taskd/probe)"
expect "a write elsewhere" refused "$(probe /srv/probe)"
chmod 755 /etc/taskd /run/taskd /srv

promise "after a crash it is there again, with what it acknowledged"
old=$(main_pid)
systemctl kill --kill-who=main --signal=SEGV taskd.service
wait_for_end "$old"
expect "the task" "Buy milk" "$(as tester taskctl list --json | jq -r 'if type == "array" then .[].title else .tasks[].title end')"

promise "a reload takes new settings"
echo "log_level = debug" >>/etc/taskd/taskd.conf
systemctl reload taskd.service
until_true "a reload" in_journal "reloaded the settings"

promise "what one user was given serves no other"
usermod -a -G taskd bob
as_operator='{"jsonrpc":"2.0","id":1,"method":"system.status","params":{"operator":true}}'
kind() { as "$1" socat -t 20 - UNIX-CONNECT:$socket <<<"$2" | jq -r '.error.data.kind // "none"'; }
install -D -o bob -g bob -m 600 /home/tester/.config/taskctl/credentials.json /home/bob/.config/taskctl/credentials.json
chown -R bob:bob /home/bob
expect "the owner" ann@example.com "$(as tester taskctl whoami --json | jq -r .email)"
status=0
as bob taskctl whoami >/dev/null 2>&1 || status=$?
expect "a copied login" 4 $status
for token in access_token refresh_token; do
	stolen=$(jq -r ".profiles[].$token" /home/tester/.config/taskctl/credentials.json)
	expect "a copied $token" false "$(as bob socat -t 20 - UNIX-CONNECT:$socket \
		<<<'{"jsonrpc":"2.0","id":1,"method":"auth.introspect","params":{"token":"'"$stolen"'"}}' | jq .result.active)"
done
rm /home/bob/.config/taskctl/credentials.json
as bob taskctl login --email ann@example.com --password-stdin <<<"a long pass phrase"
expect "the same person by the password" ann@example.com "$(as bob taskctl whoami --json | jq -r .email)"
expect "the owner afterwards" ann@example.com "$(as tester taskctl whoami --json | jq -r .email)"

promise "root is the operator, and a member of the group is not"
expect "bob's sign-up" forbidden "$(kind bob '{"jsonrpc":"2.0","id":1,"method":"account.signup","params":{"email":"bob@example.com","password":"a long pass phrase"}}')"
expect "bob as the operator" forbidden "$(kind bob "$as_operator")"
expect "tester as the operator" forbidden "$(kind tester "$as_operator")"
expect "taskd's own user" none "$(kind taskd "$as_operator")"
expect "root" none "$(call "$as_operator" | jq -r '.error.data.kind // "none"')"

promise "keys from the service manager are only read"
rotate='{"jsonrpc":"2.0","id":1,"method":"system.rotate_keys","params":{"operator":true}}'
expect "a rotation before" none "$(call "$rotate" | jq -r '.error.data.kind // "none"')"
install -m 600 /var/lib/taskd/keys.json /etc/taskd/keys.json
mkdir -p /etc/systemd/system/taskd.service.d
printf '[Service]\nLoadCredential=taskd-keys:/etc/taskd/keys.json\n' >/etc/systemd/system/taskd.service.d/keys.conf
systemctl daemon-reload
systemctl restart taskd.service
expect "the keys" true "$(call "$as_operator" | jq -r .result.keys.is_read_only)"
expect "a rotation" conflict "$(call "$rotate" | jq -r .error.data.kind)"
expect "a login from before" ann@example.com "$(as tester taskctl whoami --json | jq -r .email)"
