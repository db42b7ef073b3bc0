/* Help, made from the tables of commands and options. */
#pragma once

#include "command.h"
#include "help_topics.h"

#include <stdio.h>

/* In a screen: what is used every day, and the names of all commands. */
void usage_print_overview(FILE *stream);

/* All commands under the headings of their families, with what each does, and the global options. */
void usage_print_commands(FILE *stream);

/* One command: usage, options, examples. */
void usage_print_command(FILE *stream, const struct command *command);

/* The commands of two words that begin with this one. */
void usage_print_second_words(FILE *stream, const char *word);

/* A topic: a line for each form, or for each setting. */
void usage_print_topic(FILE *stream, const struct help_topic *topic);

/* A command of the user's own. */
void usage_print_alias(FILE *stream, const char *name, const char *words);

/* Advise how the command goes. */
void usage_advise(struct trouble *trouble, const struct command *command);

/* For completion and tests: each command, or each option of one, as NAME, a tab, and its summary. */
void usage_list_commands(FILE *stream);
void usage_list_options(FILE *stream, const struct command *command);
