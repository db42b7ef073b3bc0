/* An entry a line: what it is, padded, and what it does, wrapped where the terminal is narrow. */
#include "usage.h"

#include "arguments.h"
#include "preferences.h"
#include "task_columns.h"
#include "task_fields.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define NAME_WIDTH    18
#define OPTION_WIDTH  22
#define FORM_WIDTH    24
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

/* Words of ASCII, with spaces or line feeds between them; the stream is at column `indent` already, and so are the
 * lines that follow. */
static void print_wrapped(FILE *stream, size_t indent, const char *text)
{
	size_t limit = columns_of(stream);
	size_t column = indent;

	while (*text) {
		size_t length = strcspn(text, " \n");

		if (column > indent && column + 1 + length > limit) {
			(void)fprintf(stream, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			(void)fputc(' ', stream);
			column++;
		}
		(void)fwrite(text, 1, length, stream);
		column += length;
		text += length + strspn(text + length, " \n");
	}
	(void)fputc('\n', stream);
}

/* Behind a name that is too long the text begins on the next line, so that all texts stand below each other. */
static void print_entry(FILE *stream, const char *name, int width, const char *text)
{
	if (strlen(name) > (size_t)width)
		(void)fprintf(stream, "  %s\n%*s", name, width + 4, "");
	else
		(void)fprintf(stream, "  %-*s  ", width, name);
	print_wrapped(stream, 4 + (size_t)width, text);
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
			if (!command->is_hidden)
				print_entry(stream, command->name, NAME_WIDTH, command->summary);
	}
	print_global_options(stream, NULL);
	(void)fputs(
		"\nMore about one: taskctl help COMMAND.\nMore about a topic: taskctl help TOPIC, one of\n ", stream);
	for (const struct help_topic *topic = help_topics; topic->name; topic++)
		(void)fprintf(stream, " %s%s", topic->name, topic[1].name ? "," : ".\n");
	(void)fputs("About everything: man taskctl.\n", stream);
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
	for (; example->line; example++) {
		(void)fprintf(stream, "  taskctl %s\n      ", example->line);
		print_wrapped(stream, 6, example->meaning);
	}
}

static void print_names(FILE *stream, const char *heading, const char *const *names)
{
	size_t limit = columns_of(stream);
	size_t width = 1;

	(void)fprintf(stream, "\n%s:\n ", heading);
	for (const char *const *name = names; *name; name++) {
		if (width + 1 + strlen(*name) > limit) {
			(void)fputs("\n ", stream);
			width = 1;
		}
		(void)fprintf(stream, " %s", *name);
		width += strlen(*name) + 1;
	}
	(void)fputc('\n', stream);
}

/* What the values of options may name. */
static void print_names_of(FILE *stream, const struct command *command)
{
	if (command->words == COMMAND_TERMS)
		print_names(stream, "Fields for --json and --format", task_field_names);
	for (const struct argp_option *const *group = command->options; group && *group; group++)
		if (has_option(*group, "columns"))
			print_names(stream, "Columns, beside fields of your own", task_column_names());
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
	if (command->takes_ids)
		(void)fputs("\nA dash in the place of IDS reads them from standard input.\n", stream);
	print_family_of(stream, command->name);
	if (command->options) {
		(void)fputs("\nOptions:\n", stream);
		for (const struct argp_option *const *group = command->options; *group; group++)
			print_options(stream, *group);
	}
	print_global_options(stream, command);
	print_names_of(stream, command);
	print_examples(stream, command->examples);
}

/* --- topics --- */

/* What it may be, and what it is by itself. */
static void print_setting(FILE *stream, const struct setting *setting)
{
	char name[64];
	struct buffer text;

	buffer_init(&text);
	buffer_append_text(&text, setting->summary);
	for (size_t i = 0; setting->choices && setting->choices[i]; i++)
		buffer_printf(&text, "%s%s", i ? ", " : ": ", setting->choices[i]);
	if (setting->default_text)
		buffer_printf(&text, " (%s unless set)", setting->default_text);
	(void)snprintf(name, sizeof(name), "%s%s", setting->name, setting->type == SETTING_PAIRS ? ".NAME" : "");
	print_entry(stream, name, NAME_WIDTH, buffer_text(&text));
	buffer_deinit(&text);
}

void usage_print_topic(FILE *stream, const struct help_topic *topic)
{
	print_wrapped(stream, 0, topic->summary);
	(void)fputc('\n', stream);
	for (const struct help_line *line = topic->lines; line && line->form; line++)
		print_entry(stream, line->form, FORM_WIDTH, line->meaning);
	for (const struct setting *setting = preferences_table; !topic->lines && setting->name; setting++)
		print_setting(stream, setting);
	(void)fprintf(stream, "\nAll of it: man %s.\n", topic->page);
}

void usage_print_alias(FILE *stream, const char *name, const char *words)
{
	(void)fprintf(stream, "usage: taskctl %s …\n\nAn alias of yours: taskctl %s …\n", name, words);
}

/* --- for programs --- */

void usage_list_commands(FILE *stream)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (!command->is_hidden)
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
