/* An entry a line: what it is, padded, and what it does, wrapped where the terminal is narrow. */
#include "usage.h"

#include "arguments.h"
#include "task_fields.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define NAME_WIDTH    18
#define OPTION_WIDTH  22
#define COLUMNS_LEAST 50
#define COLUMNS_USUAL 80

/* --- wrapping --- */

static size_t columns_of(FILE *stream)
{
	unsigned columns = terminal_width(stream);

	if (columns == TERMINAL_UNLIMITED)
		return COLUMNS_USUAL;
	return columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns;
}

/* Words of ASCII; the stream is at column `indent` already, and so are the lines that follow. */
static void print_wrapped(FILE *stream, size_t indent, const char *text)
{
	size_t limit = columns_of(stream);
	size_t column = indent;

	while (*text) {
		size_t length = strcspn(text, " ");

		if (column > indent && column + 1 + length > limit) {
			(void)fprintf(stream, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			(void)fputc(' ', stream);
			column++;
		}
		(void)fwrite(text, 1, length, stream);
		column += length;
		text += length + strspn(text + length, " ");
	}
	(void)fputc('\n', stream);
}

static void print_entry(FILE *stream, const char *name, int width, const char *text)
{
	size_t used = strlen(name) > (size_t)width ? strlen(name) : (size_t)width;

	(void)fprintf(stream, "  %-*s  ", width, name);
	print_wrapped(stream, 4 + used, text);
}

/* --- options --- */

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

static bool has_option(const struct argp_option *options, const char *name)
{
	for (; options->name; options++)
		if (strcmp(options->name, name) == 0)
			return true;
	return false;
}

/* Whether an option of the command's own goes before this global one. */
static bool is_hidden(const struct argp_option *option, const struct command *command)
{
	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group; group++)
		if (has_option(*group, option->name))
			return true;
	return false;
}

static void print_option(FILE *stream, const struct argp_option *option)
{
	char text[64];

	format_option(option, text, sizeof(text));
	print_entry(stream, text, OPTION_WIDTH, option->doc);
}

static void print_options(FILE *stream, const struct argp_option *options)
{
	for (; options->name; options++)
		print_option(stream, options);
}

static void print_global_options(FILE *stream, const struct command *command)
{
	(void)fputs("\nOptions of every command:\n", stream);
	for (const struct argp_option *option = command_global_options; option->name; option++)
		if (!is_hidden(option, command))
			print_option(stream, option);
}

/* --- for people --- */

void usage_print_overview(FILE *stream)
{
	(void)fputs("usage: taskctl [OPTIONS] COMMAND [IDS | -f FILTER] [CHANGES]\n", stream);
	for (const struct command_family *family = command_families; family->commands; family++) {
		(void)fprintf(stream, "\n%s:\n", family->heading);
		for (const struct command *command = family->commands; command->name; command++)
			print_entry(stream, command->name, NAME_WIDTH, command->summary);
	}
	print_global_options(stream, NULL);
	(void)fputs("\nMore about one: taskctl help COMMAND.\nAbout everything: man taskctl.\n", stream);
}

static void print_second_words(FILE *stream, const char *word)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (command_belongs_to(command, word))
			print_entry(stream, command->name, NAME_WIDTH, command->summary);
}

void usage_print_second_words(FILE *stream, const char *word)
{
	(void)fprintf(stream, "usage: taskctl %s COMMAND\n\nOne of:\n", word);
	print_second_words(stream, word);
	(void)fprintf(stream, "\nMore about one: taskctl help %s COMMAND.\n", word);
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
	size_t limit = columns_of(stream);
	size_t width = 1;

	(void)fputs("\nFields for --json and --format:\n ", stream);
	for (const char *const *name = task_field_names; *name; name++) {
		if (width + 1 + strlen(*name) > limit) {
			(void)fputs("\n ", stream);
			width = 1;
		}
		(void)fprintf(stream, " %s", *name);
		width += strlen(*name) + 1;
	}
	(void)fputc('\n', stream);
}

/* What else begins with this name. */
static void print_family_of(FILE *stream, const char *name)
{
	if (!command_has_second_words(name))
		return;
	(void)fputs("\nCommands of its own are:\n", stream);
	print_second_words(stream, name);
}

void usage_print_command(FILE *stream, const struct command *command)
{
	char summary[128];

	(void)fprintf(stream, "usage: taskctl %s%s%s\n\n", command->name, command->usage[0] ? " " : "", command->usage);
	(void)snprintf(summary, sizeof(summary), "%s.", command->summary);
	print_wrapped(stream, 0, summary);
	if (command->details) {
		(void)fputc('\n', stream);
		print_wrapped(stream, 0, command->details);
	}
	print_family_of(stream, command->name);
	if (command->options) {
		(void)fputs("\nOptions:\n", stream);
		for (const struct argp_option *const *group = command->options; *group; group++)
			print_options(stream, *group);
	}
	print_global_options(stream, command);
	if (command->words == COMMAND_TERMS)
		print_fields(stream);
	print_examples(stream, command->examples);
}

/* --- for programs --- */

void usage_list_commands(FILE *stream)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		(void)fprintf(stream, "%s\t%s\n", command->name, command->summary);
}

static void list_option(FILE *stream, const struct argp_option *option)
{
	bool is_optional = option->flags & OPTION_ARG_OPTIONAL;

	(void)fprintf(stream, "--%s%s\t%s\n", option->name, option->arg && !is_optional ? "=" : "", option->doc);
	if (has_short_form(option))
		(void)fprintf(stream, "-%c\t%s\n", option->key, option->doc);
}

void usage_list_options(FILE *stream, const struct command *command)
{
	for (const struct argp_option *const *group = command->options; group && *group; group++)
		for (const struct argp_option *option = *group; option->name; option++)
			list_option(stream, option);
	for (const struct argp_option *option = command_global_options; option->name; option++)
		if (!is_hidden(option, command))
			list_option(stream, option);
}
