#!/bin/bash
# Builds what is installed, installs it into a container, and runs USER_OR_SYSTEM.sh there.
set -euo pipefail
manager=$1

skip() {
	echo "skipped: $1"
	exit 77
}

[ -x "$SYSTEMD_E2E" ] || skip "there is no $SYSTEMD_E2E"
[ "$(id -u)" = 0 ] || skip "only root may boot a container"
for tool in debootstrap systemd-nspawn nsenter; do
	command -v $tool >/dev/null || skip "$tool is not installed"
done

# What is tried is what is installed: no sanitizers, which want more than the sandbox grants.
unset ASAN_OPTIONS UBSAN_OPTIONS
if ! { cmake -S "$SOURCE" --preset release -B "$BUILD/release" && cmake --build "$BUILD/release"; } >"$BUILD/release.log" 2>&1; then
	cat "$BUILD/release.log"
	exit 1
fi
payload=$BUILD/payload-$manager
rm -rf "$payload"
DESTDIR=$payload/rootfs cmake --install "$BUILD/release" --prefix /usr >/dev/null
cp "$SOURCE/tests/systemd/$manager.sh" "$SOURCE/tests/systemd/expect.sh" "$payload/"

# The container has Debian's smallest system: the libraries come along.
copy_libraries() {
	ldd "$1" | awk '$3 ~ /^\// { print $3 }' | while read -r library; do
		install -D -m 644 "$library" "$payload/rootfs/usr/lib/$(basename "$(dirname "$library")")/$(basename "$library")"
	done
}
copy_libraries "$payload/rootfs/usr/bin/taskd"
copy_libraries "$payload/rootfs/usr/bin/taskctl"
# The C library is the container's own.
rm -f "$payload"/rootfs/usr/lib/*/lib{c,m,pthread,dl,rt}.so.* "$payload"/rootfs/usr/lib/*/ld-*

options=(--timeout 180 --out "$BUILD/out-$manager")
[ "$manager" = user ] || options+=(--root --also-user bob)
status=0
"$SYSTEMD_E2E" "${options[@]}" "$payload" -- bash "/payload/$manager.sh" || status=$?
[ $status != 99 ] || skip "no container could be booted here"
[ $status = 0 ] || { echo "--- journal"; grep -i -e taskd -e taskctl "$BUILD/out-$manager/journal.txt" | tail -n 60; } || true
exit $status
