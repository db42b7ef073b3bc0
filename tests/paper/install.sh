#!/bin/bash
# `cmake --install` puts each file where it belongs, under DESTDIR too, and the units name the program's real place.
. "$(dirname "$0")/paper.sh"

install_to() { cmake --install "$BUILD" --prefix "$1" >/dev/null || fail "cmake --install --prefix $1"; }
listed() { (cd "$1" && find . ! -type d -print | LC_ALL=C sort); }

everywhere=$(
	cat <<-'END'
		./bin/taskctl
		./bin/taskd
		./share/bash-completion/completions/taskctl
		./share/doc/taskctl/CHANGELOG.md
		./share/doc/taskctl/LICENSE
		./share/doc/taskctl/README.md
		./share/doc/taskctl/examples/taskd.conf
		./share/fish/vendor_completions.d/taskctl.fish
		./share/man/man1/taskctl.1
		./share/man/man5/taskctl-config.5
		./share/man/man5/taskd.conf.5
		./share/man/man7/taskctl-auth.7
		./share/man/man7/taskctl-dates.7
		./share/man/man7/taskctl-filter.7
		./share/man/man7/taskctl-formats.7
		./share/man/man7/taskctl-recurrence.7
		./share/man/man7/taskctl-scripting.7
		./share/man/man7/taskctl-taskwarrior.7
		./share/man/man7/taskd-protocol.7
		./share/man/man8/taskd.8
		./share/zsh/site-functions/_taskctl
	END
)

# A distribution's package: everything below DESTDIR, and no trace of DESTDIR inside.
DESTDIR=$scratch/package install_to /usr
{
	echo "$everywhere"
	printf '%s\n' ./lib/systemd/{system,user}/taskd.{service,socket} ./lib/{sysusers,tmpfiles}.d/taskd.conf \
		./share/taskctl/taskd-system.conf
} | LC_ALL=C sort >"$scratch/expected"
listed "$scratch/package/usr" >"$scratch/found"
same "what --prefix /usr installs" "$scratch/expected" "$scratch/found"
[ "$(ls "$scratch/package")" = usr ] || fail "something is outside of the prefix"
! grep -r -l -F -e "$scratch" -e "$SOURCE" --exclude-dir=bin "$scratch/package" || fail "a file names a folder of the build"
grep -qx 'ExecStart="/usr/bin/taskd"' "$scratch/package/usr/lib/systemd/user/taskd.service" || fail "ExecStart of the user's unit"
grep -q '^ExecStart="/usr/bin/taskd" ' "$scratch/package/usr/lib/systemd/system/taskd.service" || fail "ExecStart of the system's unit"

# Somebody's own: no files for the system, and the units where the user's manager looks.
install_to "$scratch/.local"
{
	echo "$everywhere"
	printf '%s\n' ./share/systemd/user/taskd.{service,socket}
} | LC_ALL=C sort >"$scratch/expected"
listed "$scratch/.local" >"$scratch/found"
same "what --prefix ~/.local installs" "$scratch/expected" "$scratch/found"

# systemd itself has nothing to say about them. The programs have to be there, so this is a third place.
if command -v systemd-analyze >/dev/null; then
	install_to "$scratch/opt"
	for manager in system user; do
		systemd-analyze --$manager --man=no verify "$scratch/opt/lib/systemd/$manager"/taskd.* >"$scratch/found" 2>&1 ||
			fail "systemd-analyze verify: $(cat "$scratch/found")"
		! [ -s "$scratch/found" ] || fail "systemd-analyze verify: $(cat "$scratch/found")"
	done
else
	echo "systemd-analyze is not installed: the units were not verified"
fi
