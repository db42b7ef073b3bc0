/* A line as Taskwarrior reads it: task FILTER COMMAND MODIFICATIONS, with rc.NAME=VALUE anywhere. Pure. */
#pragma once

#include "quick_words.h"
#include "taskwarrior/tw_command.h"
#include "taskwarrior/tw_rc.h"

struct tw_line {
	const struct tw_command *command; /* NULL: the line has none */
	struct word_list filter;
	struct word_list words; /* modifications, or what else the command takes */
	struct tw_rc rc;
};

void tw_line_init(struct tw_line *line);
void tw_line_deinit(struct tw_line *line);

/*
 * The first word that is the name of a command, or the beginning of just one, is the command. What it takes decides
 * what becomes of the words around it (see tw_command.h). Behind "--" there are only words. The texts stay the
 * caller's. ERROR_INVALID_PARAMS: a setting is not UTF-8.
 */
enum error tw_line_read(const char *const *arguments, size_t count, struct tw_line *line, struct trouble *trouble);

/* Whether the filter is nothing but ids and uuids: without a command, that asks for all about these tasks. */
bool tw_line_names_tasks(const struct tw_line *line);
