# Completion of taskctl for fish. What there is comes from `taskctl help --list`, so it is never behind the program.

# What was said so far without options, and without a leading help.
function __taskctl_words
    set -l said (string match -v -- '-*' (commandline -opc)[2..])
    test "$said[1]" = help; and set -e said[1]
    string join -- \n $said
end

# The first words of the listed names, or the second ones behind what was said.
function __taskctl_next
    set -l said (__taskctl_words)
    switch (count $said)
        case 0
            taskctl help --list 2>/dev/null | string match -v -r '^\S+ \S+\t'
            taskctl help --list 2>/dev/null | string match -r '^\S+(?= )' | sort -u
        case 1
            taskctl help --list 2>/dev/null | string replace -f -r "^$said[1] (?=\S+\t)" ''
        case 2
            test "$said" = "auth switch"; and taskctl auth list -q 2>/dev/null
    end
end

function __taskctl_options
    set -l said (__taskctl_words)
    test -n "$said[1]"; or set said help
    taskctl help --list $said[1..2] 2>/dev/null; or taskctl help --list $said[1] 2>/dev/null
end

complete -c taskctl -f
complete -c taskctl -n 'not string match -q -- "-*" (commandline -ct)' -a '(__taskctl_next)'
complete -c taskctl -n 'string match -q -- "-*" (commandline -ct)' -a '(__taskctl_options)'
