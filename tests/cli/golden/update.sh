#!/bin/bash
# Writes golden/*.txt anew: TASKCTL=… TASKD=… tests/cli/golden/update.sh [SCENE…]. Read the difference before committing.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
: "${TASKCTL:?the program}" "${TASKD:?the daemon}"
bats_require_minimum_version() { :; }
# shellcheck source=SCRIPTDIR/../helper.bash
. "$folder/../helper.bash"
# shellcheck source=SCRIPTDIR/../golden.bash
. "$folder/../golden.bash"

make_home
trap remove_home EXIT
sign_up ann@example.com
golden_fixture
[ $# -gt 0 ] || mapfile -t scenes < <(golden_scenes | cut -d' ' -f1)
for scene in "${@:-${scenes[@]}}"; do
	golden_render "$scene" >"$folder/$scene.txt"
done
