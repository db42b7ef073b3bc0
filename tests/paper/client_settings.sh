#!/bin/bash
# taskctl-config.5 and the environment of taskctl.1 name the settings of taskctl, with their choices and defaults.
. "$(dirname "$0")/paper.sh"

page=$SOURCE/man/taskctl-config.5
"$TASKCTL" config list --json | jq -r '.[] | .name + " " + (.value // "")' | sed 's/ $//' >"$scratch/listed"
cut -d' ' -f1 "$scratch/listed" | sort >"$scratch/names-by-table"
[ "$(wc -l <"$scratch/names-by-table")" -ge 5 ] || fail "too few settings"
sed -n 's/^\.It Cm \([a-z_]*\) Pq .*/\1/p' "$page" | sort >"$scratch/names-by-page"
same "names in taskctl-config.5" "$scratch/names-by-table" "$scratch/names-by-page"
grep -q '^\.It Cm alias\.' "$page" || fail "taskctl-config.5 does not name alias.NAME"
grep -q '^\.It Cm style\.' "$page" || fail "taskctl-config.5 does not name style.NAME"
sed -n 's/^\.It \([a-z_]* Ta .*\)/\1/p' "$page" | sed 's/ Ta / /g' | tr ' ' '\n' | grep -v '"' | sort >"$scratch/styles-by-page"
sed -n 's/^\t\[ROLE_[A-Z_]*\] = "\(.*\)",$/\1/p' "$SOURCE/cli/theme.c" | sort >"$scratch/styles-by-table"
[ "$(wc -l <"$scratch/styles-by-table")" -ge 20 ] || fail "too few styles"
same "styles in taskctl-config.5" "$scratch/styles-by-table" "$scratch/styles-by-page"

awk '/^\.It Cm / { name = $3 } /^Default:$/ { getline; print name " " $2 }' "$page" | sort >"$scratch/defaults-by-page"
grep ' ' "$scratch/listed" | sort >"$scratch/defaults-by-table"
same "defaults in taskctl-config.5" "$scratch/defaults-by-table" "$scratch/defaults-by-page"

sed -n 's/^\.It Cm \([a-z_]*\) Pq Cm \([a-z ,]*\)$/\1 \2/p' "$page" | tr -d , | tr -s ' ' >"$scratch/choices"
[ "$(wc -l <"$scratch/choices")" -ge 3 ] || fail "too few settings with choices"
while read -r name choices; do
	for choice in $choices; do
		"$TASKCTL" config set -q "$name" "$choice" || fail "$name = $choice is refused"
	done
	"$TASKCTL" help settings | tr -s ' \n' ' ' | grep -F "${choices// /, } (" >/dev/null || fail "help settings: $name has other choices"
	! "$TASKCTL" config set -q "$name" nonsense 2>/dev/null || fail "$name = nonsense is accepted"
done <"$scratch/choices"

# A variable for each, and no other.
sed 's/.*/TASKCTL_\U&/' "$scratch/names-by-table" >"$scratch/variables"
sed -n 's/^\.It Ev \(TASKCTL_.* , .*\)/\1/p' "$SOURCE/man/taskctl.1" | tr -d , | tr -s ' ' '\n' | sort >"$scratch/variables-by-page"
same "variables in taskctl.1" "$scratch/variables" "$scratch/variables-by-page"
TASKCTL_COLOR=never "$TASKCTL" config list --json | jq -e '.[] | select(.name == "color") | .from == "environment"' >"$scratch/said" ||
	fail "TASKCTL_COLOR does not go before the file"

# The examples: settings as they stand, and commands one after the other.
awk '/^\.Sh EXAMPLES/ { there = 1 } /^\.Ed/ { inside = 0 } inside; there && /^\.Bd/ { inside = 1 }' "$page" >"$XDG_CONFIG_HOME/taskctl/config"
"$TASKCTL" config list -q | grep "^alias.today$" >/dev/null || fail "the example of taskctl-config.5"
rm "$XDG_CONFIG_HOME/taskctl/config"
mkdir "$scratch/bin"
ln -s "$TASKCTL" "$scratch/bin/taskctl"
ln -s "$TASKD" "$scratch/bin/taskd"
export PATH=$scratch/bin:$PATH
printf 'a long pass phrase\n' | taskctl signup -q --email ann@example.com --password-stdin || fail "signup"
awk '/^\.Sh EXAMPLES/ { exit } /^\.Ed/ { inside = 0 } inside; /^\.Bd/ { inside = 1 }' "$page" >"$scratch/examples"
[ "$(grep -c taskctl "$scratch/examples")" -ge 3 ] || fail "too few examples in taskctl-config.5"
bash -euo pipefail "$scratch/examples" >"$scratch/said" 2>&1 </dev/null || fail "an example of taskctl-config.5: $(cat "$scratch/said")"
