#!/bin/bash
# Builds everything with AddressSanitizer and UndefinedBehaviorSanitizer and runs every test; arguments go to ctest.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=dist/debian-packages.sh
. dist/debian-packages.sh

need_packages "${build_packages[@]}" libcmocka-dev bats jq mandoc procps shellcheck socat sqlite3 strace \
	util-linux

# Tests that want one of these say that they skip without it.
for tool in clang systemd-nspawn debootstrap systemd-analyze zsh fish task; do
	command -v "$tool" >/dev/null || say "Not here, so tests that want it are skipped: $tool"
done

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export UBSAN_OPTIONS=print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}

cmake --preset asan
cmake --build --preset asan
exec ctest --preset asan -j"$(nproc)" "$@"
