#!/bin/bash
# taskd-protocol.7 lists the methods of rpc.discover: parameters, needs, who may call, and whether they take a key.
. "$(dirname "$0")/paper.sh"

start_daemon
open_connection
call '{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}' >"$scratch/discovered"

jq -r '.result.methods[] |
	[.name] + ([.params[] | if .required then .name else "[" + .name + "]" end] | sort)
	+ ["(" + ."x-access" + (if ."x-idempotent" then ", key" else "" end) + ")"] | join(" ")' \
	"$scratch/discovered" | sort >"$scratch/by-table"

# One line for each entry: its name, its parameters in order, and what stands in parentheses.
entries() {
	joined "$SOURCE/man/taskd-protocol.7" | awk '
		function plain(from,    i, text, optional) {
			for (i = from; i <= NF; i++) {
				if ($i == "Oo") optional = 1
				else if ($i == "Oc") optional = 0
				else if ($i == "Pq") { access = ""; for (i++; i <= NF; i++) access = access " " $i; break }
				else if ($i == "Sy") text = text selection
				else if ($i != "Ar") text = text " " (optional ? "[" $i "]" : $i)
				if ($i == "Sy") i++
			}
			return text
		}
		/^\.It Sy selection / { selection = plain(4) }
		/^\.It Cm [a-z]+\.[a-z_]+ / { access = ""; words = plain(4); print $3 words, "(" substr(access, 2) ")" }'
}
entries | while read -r name rest; do
	words=$(tr ' ' '\n' <<<"${rest%%(*}" | grep . | LC_ALL=C sort | paste -s -d ' ' || true)
	printf '%s (%s\n' "$name${words:+ $words}" "${rest#*(}"
done | sort >"$scratch/by-page"
same "methods of rpc.discover and of taskd-protocol.7" "$scratch/by-table" "$scratch/by-page"

jq -r '.result."x-common-params"[].name' "$scratch/discovered" | sort >"$scratch/common-by-table"
sed -n '/^\.Ss Parameters that every/,/^\.Sh/s/^\.It Ar //p' "$SOURCE/man/taskd-protocol.7" | sort >"$scratch/common-by-page"
same "parameters that every method takes" "$scratch/common-by-table" "$scratch/common-by-page"
