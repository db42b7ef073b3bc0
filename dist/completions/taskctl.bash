# Completion of taskctl for bash. What there is comes from `taskctl help --list`, so it is never behind the program.

# _taskctl_next LISTING [WORD]: the first words of the listed names, or the second ones behind WORD.
_taskctl_next() {
	cut -f1 <<<"$1" | awk -v word="${2-}" 'word == "" { print $1 } word != "" && $1 == word && NF > 1 { print $2 }' |
		sort -u
}

_taskctl() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word listing words=
	local -a said=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		[[ $word = -* ]] || said+=("$word")
	done
	[ "${said[0]-}" != help ] || said=("${said[@]:1}")
	COMPREPLY=()
	listing=$(taskctl help --list 2>/dev/null)
	case $previous in
	--socket)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	--color) words='auto always never' ;;
	--priority) words='H M L' ;;
	--scope) words='tasks:read tasks:write' ;;
	--account) words=$(taskctl auth list -q 2>/dev/null) ;;
	*)
		case $current in
		-*)
			words=$(taskctl help --list "${said[@]:0:2}" 2>/dev/null || taskctl help --list "${said[0]:-help}" 2>/dev/null)
			words=$(cut -f1 <<<"$words")
			;;
		*)
			case ${#said[@]} in
			0) words=$(_taskctl_next "$listing") ;;
			1) words=$(_taskctl_next "$listing" "${said[0]}") ;;
			esac
			[ "${said[*]-}" != "auth switch" ] || words=$(taskctl auth list -q 2>/dev/null)
			;;
		esac
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
	case ${COMPREPLY[*]} in *=) compopt -o nospace ;; esac
}

complete -F _taskctl taskctl
