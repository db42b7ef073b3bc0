/* The tables of commands, one a family, each ended by an empty row. */
#pragma once

#include "command.h"

extern const struct command account_commands[];
extern const struct command account_change_commands[];
extern const struct command account_read_commands[];
extern const struct command auth_commands[];
extern const struct command session_commands[];
extern const struct command token_commands[];
extern const struct command task_commands[];
extern const struct command task_change_commands[];
extern const struct command daemon_commands[];
extern const struct command operator_commands[];
extern const struct command backup_commands[];
extern const struct command help_commands[];
