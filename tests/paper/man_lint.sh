#!/bin/bash
# The manual pages are clean mdoc, refer to pages that are there, and are all installed.
. "$(dirname "$0")/paper.sh"

command -v mandoc >/dev/null || skip "mandoc is not installed"
cd "$SOURCE/man" # mandoc looks for pages that are referred to in the current folder as well
mandoc -T lint ./*.[1-8] >"$scratch/found" 2>&1 || true
: >"$scratch/clean"
same "mandoc -T lint" "$scratch/clean" "$scratch/found"

for page in *.[1-8]; do
	grep -q -F "$page" CMakeLists.txt || fail "$page is not installed by man/CMakeLists.txt"
done
