# Completion of taskctl for fish. What there is comes from `taskctl help --list`, so it is never behind the program.

function __taskctl_verb
    for word in (commandline -opc)[2..]
        if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
end

function __taskctl_options
    set -l verb (__taskctl_verb)
    test -n "$verb"; or set verb help
    taskctl help --list $verb 2>/dev/null
end

complete -c taskctl -f
complete -c taskctl -n 'test -z (__taskctl_verb)' -a '(taskctl help --list 2>/dev/null)'
complete -c taskctl -n 'string match -q -- "-*" (commandline -ct)' -a '(__taskctl_options)'
complete -c taskctl -n 'test (__taskctl_verb) = daemon' -a 'start stop status'
complete -c taskctl -n 'test (__taskctl_verb) = help' -a '(taskctl help --list 2>/dev/null)'
