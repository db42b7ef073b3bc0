# For quickstart.sh and test.sh, which source it: sees to it that Debian packages are there.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
die() {
	say "$(basename "$0"): $1"
	exit "${2:-1}"
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "needs root for: $* — run that as root, then run me again"
	fi
}

# The names among "$@" that are not installed, one a line.
missing_packages() {
	local package
	for package in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
	done
}

# Installs what is missing of "$@"; where nothing is, apt is left alone.
need_packages() {
	local missing
	command -v dpkg-query >/dev/null ||
		die "this is no Debian; install the counterparts of these packages, then follow \"By hand\" in README.md: $*"
	mapfile -t missing < <(missing_packages "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	say "Installing ${missing[*]}"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 ||
		say "apt-get update failed; trying with the package lists that are there"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}" >&2 ||
		die "these packages could not be installed: ${missing[*]}"
}

# What it takes to build both programs.
# shellcheck disable=SC2034
build_packages=(cmake ninja-build gcc libc6-dev pkg-config libsqlite3-dev libsodium-dev libjwt-dev libjansson-dev
	libuv1-dev libutf8proc-dev libpcre2-dev python3-zxcvbn tzdata)
