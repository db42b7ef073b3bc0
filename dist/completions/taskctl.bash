# Completion of taskctl for bash. What there is comes from `taskctl help --list`, so it is never behind the program.

_taskctl_verb() {
	local word
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $word in
		-*) ;;
		*)
			printf '%s' "$word"
			return
			;;
		esac
	done
}

_taskctl() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb words=
	verb=$(_taskctl_verb)
	COMPREPLY=()
	case $previous in
	--socket)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	--color)
		words='auto always never'
		;;
	--priority)
		words='H M L'
		;;
	daemon)
		words='start stop status'
		;;
	help)
		words=$(taskctl help --list 2>/dev/null | cut -f1)
		;;
	*)
		case $current in
		-*) words=$(taskctl help --list "${verb:-help}" 2>/dev/null | cut -f1) ;;
		*) [ -n "$verb" ] || words=$(taskctl help --list 2>/dev/null | cut -f1) ;;
		esac
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
	case ${COMPREPLY[*]} in *=) compopt -o nospace ;; esac
}

complete -F _taskctl taskctl
