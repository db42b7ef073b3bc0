/* An entry a line: what it is, padded, and what it does, wrapped where the terminal is narrow. */
#include "usage.h"

#include "arguments.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "preferences.h"
#include "signs.h"
#include "task_columns.h"
#include "task_fields.h"
#include "wrapped.h"

#include <stdio.h>
#include <string.h>

#define NAME_WIDTH   18
#define OPTION_WIDTH 22
#define FORM_WIDTH   24
#define USUAL_WIDTH  8
#define FAMILY_WIDTH 27
#define USAGE        "[OPTIONS] COMMAND [IDS | -f FILTER] [CHANGES]"

/* How a command goes, in the terminal's spelling. A name of "" is that of taskctl alone. */
static void print_usage(FILE *stream, const char *name, const char *words)
{
	static const char label[] = "usage: ";
	struct buffer spelt;

	buffer_init(&spelt);
	buffer_printf(&spelt, "taskctl %s ", name);
	signs_append(&spelt, words);
	(void)fputs(label, stream);
	wrapped_print(stream, strlen(label), buffer_text(&spelt));
	buffer_deinit(&spelt);
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
	struct buffer spelt;
	char text[64];

	format_option(option, text, sizeof(text));
	buffer_init(&spelt);
	signs_append(&spelt, text);
	wrapped_print_entry(stream, buffer_text(&spelt), OPTION_WIDTH, option->doc);
	buffer_deinit(&spelt);
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

/* What most people do most days. */
static const char *const usual_commands[] = {
	"add",
	"list",
	"next",
	"show",
	"modify",
	"start",
	"done",
	"delete",
	"undo",
	"edit",
	"search",
	"calendar",
	"signup",
	"login",
};

static void print_usual(FILE *stream)
{
	(void)fputs("\nEvery day:\n", stream);
	for (size_t i = 0; i < COUNT_OF(usual_commands); i++)
		wrapped_print_entry(stream, usual_commands[i], USUAL_WIDTH, command_find(usual_commands[i])->summary);
}

/* Where the second word of a name begins; NULL: it has one word. */
static const char *second_word(const struct command *command)
{
	const char *space = strchr(command->name, ' ');

	return space ? space + 1 : NULL;
}

static bool shares_first_word(const struct command *one, const struct command *other)
{
	size_t length = strcspn(one->name, " ");

	return second_word(one) && second_word(other) && strncmp(one->name, other->name, length + 1) == 0;
}

/* A family in a line: what begins with the same word as the one before it goes without that word. */
static void print_names_of_family(FILE *stream, const struct command_family *family)
{
	const struct command *before = NULL;
	struct buffer names;

	buffer_init(&names);
	for (const struct command *command = family->commands; command->name; command++) {
		if (command->is_hidden)
			continue;
		if (before && shares_first_word(before, command))
			buffer_printf(&names, " | %s", second_word(command));
		else
			buffer_printf(&names, "%s%s", before ? ", " : "", command->name);
		before = command;
	}
	wrapped_print_entry(stream, family->heading, FAMILY_WIDTH, buffer_text(&names));
	buffer_deinit(&names);
}

static void print_topics(FILE *stream)
{
	struct buffer names;

	buffer_init(&names);
	buffer_append_text(&names, "More about a topic: taskctl help TOPIC, one of");
	for (const struct help_topic *topic = help_topics; topic->name; topic++)
		buffer_printf(&names, " %s%s", topic->name, topic[1].name ? "," : ".");
	(void)fputs("\nMore about one: taskctl help COMMAND.\n", stream);
	wrapped_print(stream, 0, buffer_text(&names));
	(void)fputs("About everything: man taskctl.\n", stream);
	buffer_deinit(&names);
}

void usage_print_overview(FILE *stream)
{
	print_usage(stream, "", USAGE);
	print_usual(stream);
	(void)fputc('\n', stream);
	wrapped_print(stream, 0, "All commands, which taskctl help commands explains:");
	for (const struct command_family *family = command_families; family->commands; family++)
		print_names_of_family(stream, family);
	print_topics(stream);
}

void usage_print_commands(FILE *stream)
{
	print_usage(stream, "", USAGE);
	for (const struct command_family *family = command_families; family->commands; family++) {
		(void)fprintf(stream, "\n%s:\n", family->heading);
		for (const struct command *command = family->commands; command->name; command++)
			if (!command->is_hidden)
				wrapped_print_entry(stream, command->name, NAME_WIDTH, command->summary);
	}
	print_global_options(stream, NULL);
	print_topics(stream);
}

static void print_second_words(FILE *stream, const char *word)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (command_belongs_to(command, word))
			wrapped_print_entry(stream, command->name, NAME_WIDTH, command->summary);
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
		wrapped_print(stream, 6, example->meaning);
	}
}

static void print_names(FILE *stream, const char *heading, const char *const *names)
{
	size_t limit = wrapped_columns(stream);
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

	print_usage(stream, command->name, command->usage);
	(void)fputc('\n', stream);
	(void)snprintf(summary, sizeof(summary), "%s.", command->summary);
	wrapped_print(stream, 0, summary);
	if (command->details) {
		(void)fputc('\n', stream);
		wrapped_print(stream, 0, command->details);
	}
	if (command->takes_ids) {
		(void)fputc('\n', stream);
		wrapped_print(stream, 0, "A dash in the place of IDS reads them from standard input.");
	}
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
	wrapped_print_entry(stream, name, NAME_WIDTH, buffer_text(&text));
	buffer_deinit(&text);
}

void usage_print_topic(FILE *stream, const struct help_topic *topic)
{
	wrapped_print(stream, 0, topic->summary);
	(void)fputc('\n', stream);
	for (const struct help_line *line = topic->lines; line && line->form; line++)
		wrapped_print_entry(stream, line->form, FORM_WIDTH, line->meaning);
	for (const struct setting *setting = preferences_table; !topic->lines && setting->name; setting++)
		print_setting(stream, setting);
	(void)fprintf(stream, "\nAll of it: man %s.\n", topic->page);
}

void usage_print_alias(FILE *stream, const char *name, const char *words)
{
	const char *more = sign_text(SIGN_ELLIPSIS);

	(void)fprintf(stream, "usage: taskctl %s %s\n\nAn alias of yours: taskctl %s %s\n", name, more, words, more);
}

void usage_advise(struct trouble *trouble, const struct command *command)
{
	struct buffer spelt;

	buffer_init(&spelt);
	signs_append(&spelt, command->usage);
	trouble_advise(trouble, "usage: taskctl %s %s", command->name, buffer_text(&spelt));
	buffer_deinit(&spelt);
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
