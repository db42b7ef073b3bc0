/*
 * Passwords that are tried first, and that nobody may take anew (NIST SP 800-63B §5.1.1.2): no hash helps against
 * those.
 *
 * The table of them is made when the programs are built, from a list that Debian ships in python3-zxcvbn and that has
 * no copy here: zxcvbn/frequency_lists.py, "passwords", the 30 000 most common in what has leaked (MIT licence,
 * copyright Dropbox, Inc., and Daniel Wolf). Whoever packages may add words of their own (TASKCTL_COMMON_WORDS).
 *
 * What is shorter than PASSWORD_BYTES_MINIMUM is refused anyway and left out; 11 600 remain, in 60 KB.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether it is one of them, in upper or lower case. Of the password no copy is made. */
bool common_password_is(const char *password, size_t length);
