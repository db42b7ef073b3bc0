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
extern const struct command search_commands[];
extern const struct command task_change_commands[];
extern const struct command annotation_commands[];
extern const struct command writing_commands[];
extern const struct command undo_commands[];
extern const struct command history_commands[];
extern const struct command series_commands[];
extern const struct command label_commands[];
extern const struct command picture_commands[];
extern const struct command summary_commands[];
extern const struct command time_commands[];
extern const struct command calendar_commands[];
extern const struct command script_commands[];
extern const struct command context_commands[];
extern const struct command report_commands[];
extern const struct command field_commands[];
extern const struct command urgency_commands[];
extern const struct command trade_commands[];
extern const struct command taskwarrior_commands[];
extern const struct command config_commands[];
extern const struct command alias_commands[];
extern const struct command daemon_commands[];
extern const struct command operator_commands[];
extern const struct command backup_commands[];
extern const struct command completion_commands[];
extern const struct command help_commands[];
