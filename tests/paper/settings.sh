#!/bin/bash
# taskd.conf.5, dist/taskd.conf and taskd.8 name the settings and options of taskd, with their ranges and defaults.
. "$(dirname "$0")/paper.sh"

"$TASKD" --check-config >"$scratch/checked"
# Places have no default of their own: they are found.
grep -v -e '^socket =' -e '^data =' "$scratch/checked" >"$scratch/by-table"

page=$SOURCE/man/taskd.conf.5
cut -d' ' -f1 "$scratch/checked" | sort >"$scratch/names-by-table"
sed -n 's/^\.It Cm \([a-z_]*\) Pq .*/\1/p' "$page" | sort >"$scratch/names-by-page"
same "names in taskd.conf.5" "$scratch/names-by-table" "$scratch/names-by-page"

awk '/^\.It Cm / { name = $3 } /^Default:$/ { getline; value = $2 }
	/^Default: [0-9]/ { value = $2; sub(/\.$/, "", value) }
	value != "" { print name " = " value; value = "" }' "$page" | grep -v -e '^socket =' -e '^data =' >"$scratch/defaults-by-page"
sort "$scratch/by-table" >"$scratch/defaults-by-table"
sort -o "$scratch/defaults-by-page" "$scratch/defaults-by-page"
same "defaults in taskd.conf.5" "$scratch/defaults-by-table" "$scratch/defaults-by-page"

# What a reload changes, by the rows of the table.
awk '/^\t\{ SETTING\(/ { name = $0; gsub(/^.*SETTING\(|\).*$/, "", name) }
	/\.is_reloadable = true/ { print name }' "$SOURCE/daemon/options.c" | sort >"$scratch/reloadable-by-table"
sed -n 's/^\.It Cm \([a-z_]*\) Pq .*reload$/\1/p' "$page" | sort >"$scratch/reloadable-by-page"
same "settings that a reload changes" "$scratch/reloadable-by-table" "$scratch/reloadable-by-page"

accepts() { env "TASKD_${1^^}=$2" "$TASKD" --check-config >/dev/null 2>&1; }
sed -n 's/^\.It Cm \([a-z_]*\) Pq \([0-9]*\) to \([0-9]*\).*/\1 \2 \3/p' "$page" | while read -r name least most; do
	accepts "$name" "$least" || fail "$name = $least is refused"
	accepts "$name" "$most" || fail "$name = $most is refused"
	! accepts "$name" $((least - 1)) || fail "$name = $((least - 1)) is accepted"
	! accepts "$name" $((most + 1)) || fail "$name = $((most + 1)) is accepted"
done
sed -n 's/^\.It Cm \([a-z_]*\) Pq Cm \([A-Za-z0-9 ,]*\).*/\1 \2/p' "$page" | sed 's/[,]//g; s/ *No reload.*//' |
	while read -r name choices; do
		for choice in $choices; do
			accepts "$name" "$choice" || fail "$name = $choice is refused"
		done
		! accepts "$name" nonsense || fail "$name = nonsense is accepted"
	done

# The sample: accepted as it is, and with every line in force still the defaults.
"$TASKD" --config "$SOURCE/dist/taskd.conf" --check-config >"$scratch/sample"
same "dist/taskd.conf as it is" "$scratch/checked" "$scratch/sample"
sed 's/^#\([a-z_]* = \)/\1/' "$SOURCE/dist/taskd.conf" >"$scratch/in-force.conf"
"$TASKD" --config "$scratch/in-force.conf" --check-config | grep -v -e '^socket =' -e '^data =' >"$scratch/in-force"
same "dist/taskd.conf in force" "$scratch/by-table" "$scratch/in-force"
sed -n 's/^\([a-z_]*\) = .*/\1/p' "$scratch/in-force.conf" | sort >"$scratch/names-by-sample"
same "names in dist/taskd.conf" "$scratch/names-by-table" "$scratch/names-by-sample"
"$TASKD" --config "$SOURCE/dist/taskd-system.conf" --check-config | grep -x 'signup = operator' >/dev/null ||
	fail "dist/taskd-system.conf is not what it should be"

"$TASKD" --help | grep -o -e '--[a-z-]*' | sort -u >"$scratch/options-by-help"
joined "$SOURCE/man/taskd.8" | sed -n '/^\.Nm$/,$s/^\.It Fl .*/&/p' | grep -o '\\-[a-z-]*' | sed 's/^\\-/--/' |
	sort -u >"$scratch/options-by-page"
same "options of taskd" "$scratch/options-by-help" "$scratch/options-by-page"
