#!/bin/bash
# In a container, as a normal user: the user's units keep what taskd(8) promises.
. "$(dirname "$0")/expect.sh"

main_pid() { systemctl --user show -P MainPID taskd.service; }
state() { systemctl --user show -P ActiveState "$1"; }
in_journal() { journalctl --user -u taskd.service --no-pager -o cat | grep -q -- "$1"; }
is_inactive() { [ "$(state taskd.service)" = inactive ]; }
was_restarted() { [ "$(systemctl --user show -P NRestarts taskd.service)" -ge 1 ]; }
set_settings() {
	mkdir -p ~/.config/taskd
	printf '%s\n' "$@" >~/.config/taskd/taskd.conf
}

promise "the units are clean"
expect "systemd-analyze verify" "" "$(systemd-analyze --user --man=no verify /usr/lib/systemd/user/taskd.socket /usr/lib/systemd/user/taskd.service 2>&1)"

promise "the first connection starts the service"
systemctl --user -q enable --now taskd.socket
expect "the service before" inactive "$(state taskd.service)"
expect "mode of the socket" 600 "$(stat -c %a "$XDG_RUNTIME_DIR/taskd/taskd.sock")"
expect "mode of its folder" 700 "$(stat -c %a "$XDG_RUNTIME_DIR/taskd")"
echo "a long pass phrase" | taskctl signup --email ann@example.com --password-stdin
taskctl whoami >/dev/null 2>&1 || echo "a long pass phrase" | taskctl login --email ann@example.com --password-stdin
expect "the service after" active "$(state taskd.service)"
expect "the first id" 1 "$(taskctl add -q "Buy milk")"
expect "mode of the data folder" 700 "$(stat -c %a ~/.local/share/taskd)"
expect "how many daemons" 1 "$(pgrep -c -x taskd)"

promise "the log is in the journal, with its levels"
until_true "a line in the journal" in_journal "serving"
expect "level of that line" 6 "$(journalctl --user -u taskd.service -o json --no-pager | jq -r 'select(.MESSAGE | tostring | test("serving")) | .PRIORITY' | head -n 1)"

promise "the sandbox refuses a write outside, and only there"
probe() { probe_write /usr/lib/systemd/user/taskd.service "$1" ~/.config/systemd/user systemctl --user; }
expect "a write in the data folder" written "$(probe %h/.local/share/taskd/probe)"
test -s ~/.local/share/taskd/probe || fail "the probe wrote elsewhere"
expect "a write in the home" refused "$(probe %h/probe)"
expect "a write in the settings" refused "$(probe %h/.config/taskd/probe)"
expect "a write beside the socket" refused "$(probe %t/probe)"
expect "a write in the public folder for temporary files stays private" "written, unseen" \
	"$(probe /tmp/probe), $(test -e /tmp/probe && echo seen || echo unseen)"
rm -f ~/.local/share/taskd/probe ~/.config/systemd/user/taskd-probe.service

promise "after a crash it is there again, with what it acknowledged"
old=$(main_pid)
systemctl --user kill --kill-who=main --signal=SEGV taskd.service
wait_for_end "$old"
expect "the task" "Buy milk" "$(taskctl list --json | jq -r 'if type == "array" then .[].title else .tasks[].title end')"
until_true "a restart" was_restarted
[ "$(main_pid)" != "$old" ] || fail "it is still the old process"

promise "a reload takes new settings, and keeps the old ones when the new are bad"
old=$(main_pid)
set_settings "log_level = debug"
systemctl --user reload taskd.service
until_true "a reload" in_journal "reloaded the settings"
set_settings "log_level = loud"
systemctl --user reload taskd.service
until_true "a refused reload that names file and line" in_journal "taskd.conf:1:.*the old settings stay"
expect "the process" "$old" "$(main_pid)"
taskctl list >/dev/null

promise "it leaves when idle, and comes again when needed, however often"
set_settings "idle_exit_seconds = 1"
systemctl --user restart taskd.service
for _ in 1 2 3 4 5 6 7; do
	taskctl list >/dev/null
	old=$(main_pid)
	[ "$old" -gt 0 ] || fail "no daemon"
	wait_for_end "$old"
	until_true "an inactive service" is_inactive
done
expect "how it ended" success "$(systemctl --user show -P Result taskd.service)"
expect "the socket" active "$(state taskd.socket)"
expect "the next id" 2 "$(taskctl add -q "Buy bread")"

promise "stopping is quick and clean, and the socket outlives it"
old=$(main_pid)
systemctl --user stop taskd.service
expect "how it ended" success "$(systemctl --user show -P Result taskd.service)"
test -S "$XDG_RUNTIME_DIR/taskd/taskd.sock" || fail "the socket is gone"
expect "tasks" 2 "$(taskctl list -q | wc -l)"

promise "another data folder than the unit's is refused in words"
set_settings "data = $HOME/elsewhere"
systemctl --user stop taskd.socket taskd.service
systemctl --user start taskd.service 2>/dev/null && fail "it started"
until_true "a message that names the folder" in_journal "cannot start.*$HOME/elsewhere"
