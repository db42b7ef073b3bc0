/* One line an entry: what it is, padded, and what it does. */
#include "usage.h"

#include "arguments.h"
#include "task_fields.h"

#include <stdio.h>
#include <string.h>

#define NAME_WIDTH   10
#define OPTION_WIDTH 22

static bool has_short_form(const struct argp_option *option)
{
	return option->key < ARGUMENT_SOCKET;
}

static void format_option(const struct argp_option *option, char *text, size_t size)
{
	bool is_optional = option->flags & OPTION_ARG_OPTIONAL;
	char letter[8] = "    ";

	if (has_short_form(option))
		(void)snprintf(letter, sizeof(letter), "-%c, ", option->key);
	(void)snprintf(text, size, "%s--%s%s%s%s", letter, option->name, option->arg ? (is_optional ? "[=" : " ") : "",
		option->arg ? option->arg : "", option->arg && is_optional ? "]" : "");
}

static void print_options(FILE *stream, const struct argp_option *options)
{
	char text[64];

	for (; options->name; options++) {
		format_option(options, text, sizeof(text));
		(void)fprintf(stream, "  %-*s  %s\n", OPTION_WIDTH, text, options->doc);
	}
}

void usage_print_overview(FILE *stream)
{
	(void)fputs("usage: taskctl [OPTIONS] COMMAND [IDS | -f FILTER] [CHANGES]\n\nCommands:\n", stream);
	for (const struct command *const *table = command_tables; *table; table++)
		for (const struct command *command = *table; command->name; command++)
			(void)fprintf(stream, "  %-*s  %s\n", NAME_WIDTH, command->name, command->summary);
	(void)fputs("\nOptions of every command:\n", stream);
	print_options(stream, command_global_options);
	(void)fputs("\nMore about one: taskctl help COMMAND. About everything: man taskctl.\n", stream);
}

static void print_examples(FILE *stream, const struct command_example *example)
{
	if (!example)
		return;
	(void)fputs("\nExamples:\n", stream);
	for (; example->line; example++)
		(void)fprintf(stream, "  taskctl %s\n      %s\n", example->line, example->meaning);
}

static void print_fields(FILE *stream)
{
	size_t width = 0;

	(void)fputs("\nFields for --json and --format:\n ", stream);
	for (const char *const *name = task_field_names; *name; name++) {
		if (width + strlen(*name) > 70) {
			(void)fputs("\n ", stream);
			width = 0;
		}
		(void)fprintf(stream, " %s", *name);
		width += strlen(*name) + 1;
	}
	(void)fputc('\n', stream);
}

void usage_print_command(FILE *stream, const struct command *command)
{
	(void)fprintf(stream, "usage: taskctl %s%s%s\n\n%s.\n", command->name, command->usage[0] ? " " : "",
		command->usage, command->summary);
	if (command->details)
		(void)fprintf(stream, "\n%s\n", command->details);
	if (command->options) {
		(void)fputs("\nOptions:\n", stream);
		for (const struct argp_option *const *group = command->options; *group; group++)
			print_options(stream, *group);
	}
	(void)fputs("\nOptions of every command:\n", stream);
	print_options(stream, command_global_options);
	if (command->words == COMMAND_TERMS)
		print_fields(stream);
	print_examples(stream, command->examples);
}

void usage_list_commands(FILE *stream)
{
	for (const struct command *const *table = command_tables; *table; table++)
		for (const struct command *command = *table; command->name; command++)
			(void)fprintf(stream, "%s\t%s\n", command->name, command->summary);
}

static void list_group(FILE *stream, const struct argp_option *options)
{
	for (; options->name; options++) {
		bool is_optional = options->flags & OPTION_ARG_OPTIONAL;

		(void)fprintf(
			stream, "--%s%s\t%s\n", options->name, options->arg && !is_optional ? "=" : "", options->doc);
		if (has_short_form(options))
			(void)fprintf(stream, "-%c\t%s\n", options->key, options->doc);
	}
}

void usage_list_options(FILE *stream, const struct command *command)
{
	for (const struct argp_option *const *group = command->options; group && *group; group++)
		list_group(stream, *group);
	list_group(stream, command_global_options);
}
