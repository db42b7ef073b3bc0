# The lists of words that become the table of common passwords (daemon/auth/common_passwords.h says whose they are).
find_file(TASKCTL_COMMON_PASSWORDS zxcvbn/frequency_lists.py PATHS /usr/lib/python3/dist-packages
	DOC "Common passwords: zxcvbn's frequency_lists.py, or a file with one a line")
set(TASKCTL_COMMON_WORDS "" CACHE FILEPATH "More words that are no passwords, one a line, such as cracklib's; empty: none")

foreach(list TASKCTL_COMMON_PASSWORDS TASKCTL_COMMON_WORDS)
	if(NOT "${${list}}" STREQUAL "" AND NOT EXISTS "${${list}}")
		message(FATAL_ERROR "A list of common passwords is not here (${list}: ${${list}}). "
			"Debian has it in the package python3-zxcvbn; elsewhere name one with -DTASKCTL_COMMON_PASSWORDS=…")
	endif()
endforeach()
