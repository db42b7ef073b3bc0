/* Questions to the person at the terminal. */
#pragma once

#include "common/buffer.h"
#include "trouble.h"

#include <stdbool.h>

/*
 * Ask on /dev/tty, whatever stdin is, and read a line without its LF. `is_secret`: nothing is echoed; the echo comes
 * back however it ends, and a signal such as Ctrl-C then does what it does. ERROR_INVALID_PARAMS: there is no terminal,
 * or it ended.
 */
enum prompt_echo { PROMPT_ECHO, PROMPT_SECRET };
enum error prompt_line(const char *question, enum prompt_echo echo, struct buffer *answer, struct trouble *trouble);

/* A question with yes or no, on stderr and stdin; only "y" and "yes" are yes. */
bool prompt_confirm(const char *question);

/* A question with answers of its own, on stderr and stdin; empty where there is none. */
void prompt_answer(const char *question, char *ret_answer, size_t size);

/* Whether there is somebody to confirm: stdin and stderr are terminals. */
bool prompt_is_possible(void);
