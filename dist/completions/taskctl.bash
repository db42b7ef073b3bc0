# Completion of taskctl for bash. What can stand where the cursor is comes from `taskctl complete`, so it is never
# behind the program.

# The words up to the cursor, which bash has parted at colons and equals signs as well, in the array `words`.
_taskctl_words() {
	local rest=${COMP_LINE:0:COMP_POINT} trimmed word index
	words=()
	for ((index = 0; index <= COMP_CWORD; index++)); do
		word=${COMP_WORDS[index]}
		trimmed=${rest#"${rest%%[![:space:]]*}"}
		((index < COMP_CWORD)) || word=$trimmed
		if ((index == 0)) || [[ $trimmed != "$rest" ]]; then
			words+=("$word")
		else
			words[-1]+=$word
		fi
		rest=${trimmed#"$word"}
	done
}

_taskctl() {
	local current kept line value
	local -a words lines
	_taskctl_words
	current=${words[-1]}
	COMPREPLY=()
	if ((${#words[@]} > 1)) && [[ ${words[-2]} = --socket ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
	fi
	mapfile -t lines < <(taskctl complete -- "${words[@]:1}" 2>/dev/null)
	# What stands before the last of these signs stays on the line.
	kept=${current%"${current##*[:=]}"}
	[[ $COMP_WORDBREAKS = *:* || $kept != *: ]] || kept=
	for line in "${lines[@]}"; do
		value=${line%%$'\t'*}
		printf -v value %q "${value#"$kept"}"
		# A list that is only shown says what each is.
		if [[ ${COMP_TYPE-} = 63 && $line = *$'\t'* ]] && ((${#lines[@]} > 1)); then
			value+="  (${line#*$'\t'})"
		fi
		COMPREPLY+=("$value")
	done
	case ${COMPREPLY[*]-} in *[=:.]) compopt -o nospace ;; esac
}

complete -o nosort -F _taskctl taskctl
