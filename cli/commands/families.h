/* The tables of commands, one a family, each ended by an empty row. */
#pragma once

#include "command.h"

extern const struct command account_commands[];
extern const struct command task_commands[];
extern const struct command task_change_commands[];
extern const struct command daemon_commands[];
extern const struct command help_commands[];
