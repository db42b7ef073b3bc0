# Completion of taskctl for fish. What can stand where the cursor is comes from `taskctl complete`, so it is never
# behind the program.

function __taskctl_complete
    set -l said (commandline -opc)[2..]
    set -l current (commandline -ct)
    if test (count $said) -gt 0; and test "$said[-1]" = --socket
        __fish_complete_path "$current"
        return
    end
    taskctl complete -- $said "$current" 2>/dev/null
end

complete -c taskctl -f -a '(__taskctl_complete)'
