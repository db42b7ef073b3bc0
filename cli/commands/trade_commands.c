/* Tasks from other programs, and for them. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "export_run.h"
#include "import_run.h"
#include "option_groups.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* --- formats --- */

static enum error refuse_format(const char *option, const char *name, struct trouble *trouble)
{
	const char *names[16] = { NULL };
	const char *nearest;
	size_t count = 0;

	for (const struct format *format = format_table; format->name; format++)
		names[count++] = format->name;
	nearest = text_nearest(name, names);
	(void)trouble_usage(trouble, "%s: there is no format `%s`", option, name);
	if (nearest)
		trouble_advise(trouble, "did you mean %s?", nearest);
	else
		trouble_advise(trouble,
			"jsonl, json, taskwarrior, taskwarrior-data, ical, todotxt, csv and markdown are known");
	return ERROR_INVALID_PARAMS;
}

/* --- export --- */

static void read_filter(const struct arguments *arguments, struct buffer *filter)
{
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);

	if (arguments->filter)
		buffer_printf(filter, words[0] ? "(%s)" : "%s", arguments->filter);
	if (words[0] && filter->length)
		buffer_append_char(filter, ' ');
	buffer_append_text(filter, words);
	if (arguments->wants_all)
		buffer_append_text(filter, filter->length ? " status:all" : "status:all");
}

static enum error open_output(const char *path, int *ret_fd, struct trouble *trouble)
{
	*ret_fd = STDOUT_FILENO;
	if (!path)
		return ERROR_NONE;
	*ret_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (*ret_fd >= 0)
		return ERROR_NONE;
	return trouble_usage(trouble, "%s cannot be written: %s", path, strerror(errno));
}

static enum error write_export(
	struct invocation *invocation, const struct format *format, const char *filter, struct trouble *trouble)
{
	const char *path = invocation->arguments.output;
	int fd;
	enum error error = open_output(path, &fd, trouble);

	if (error)
		return error;
	error = export_run(invocation, format, filter, fd, trouble);
	if (path && close(fd) && !error)
		error = trouble_set(trouble, ERROR_STORAGE, "%s cannot be written: %s", path, strerror(errno));
	return error;
}

static enum error run_export(struct invocation *invocation, struct trouble *trouble)
{
	const char *name = invocation->arguments.to ? invocation->arguments.to : "jsonl";
	const struct format *format = format_find(name);
	struct buffer filter;
	enum error error;

	if (!format)
		return refuse_format("--to", name, trouble);
	if (format->is_read_only)
		return trouble_usage(trouble, "--to: %s is a format that is read and not written", name);
	buffer_init(&filter);
	read_filter(&invocation->arguments, &filter);
	error = write_export(invocation, format, buffer_text(&filter), trouble);
	buffer_deinit(&filter);
	return error;
}

/* --- import --- */

#define CHUNK ((size_t)256 * 1024)

static enum error read_all(int fd, const char *path, struct buffer *text, struct trouble *trouble)
{
	ssize_t count;

	do {
		count = read(fd, buffer_reserve(text, CHUNK), CHUNK);
		if (count > 0)
			text->length += (size_t)count;
	} while (count > 0 || (count < 0 && errno == EINTR));
	if (count < 0)
		return trouble_usage(trouble, "%s cannot be read: %s", path, strerror(errno));
	return ERROR_NONE;
}

static enum error read_source(const char *path, struct buffer *text, struct trouble *trouble)
{
	bool is_stdin = !path || strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	enum error error;

	if (fd < 0)
		return trouble_usage(trouble, "%s cannot be read: %s", path, strerror(errno));
	error = read_all(fd, is_stdin ? "standard input" : path, text, trouble);
	if (!is_stdin)
		(void)close(fd);
	return error;
}

/* Where it is not, so that the person finds the place. */
static enum error check_utf8(const struct buffer *text, struct trouble *trouble)
{
	const char *line = text->data;
	const char *end = line + text->length;

	if (text_is_utf8(text->data ? text->data : "", text->length))
		return ERROR_NONE;
	for (int64_t number = 1; line && line < end; number++) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		size_t length = (size_t)((feed ? feed : end) - line);

		if (!text_is_utf8(line, length))
			return trouble_usage(trouble, "line %lld is not UTF-8", (long long)number);
		line += length + 1;
	}
	return ERROR_INTERNAL;
}

static enum error find_format(const struct arguments *arguments, const char *path, const struct buffer *text,
	const struct format **ret_format, struct trouble *trouble)
{
	if (arguments->from) {
		*ret_format = format_find(arguments->from);
		return *ret_format ? ERROR_NONE : refuse_format("--from", arguments->from, trouble);
	}
	*ret_format = format_guess(path, text->data ? text->data : "", text->length);
	if (*ret_format)
		return ERROR_NONE;
	(void)trouble_usage(trouble, "what format is that? It could be anything");
	trouble_advise(trouble, "say so: taskctl import --from todotxt");
	return ERROR_INVALID_PARAMS;
}

static enum error import_text(
	struct invocation *invocation, const struct format *format, const struct buffer *text, struct trouble *trouble)
{
	struct import_source source = { .format = format, .text = text->data, .length = text->length };
	struct format_input input;
	enum error error;

	format_input_init(&input);
	if (format->read && text->length) {
		format->read(text->data, text->length, &input);
		source.text = input.lines.data;
		source.length = input.lines.length;
		source.mistakes = input.mistakes;
		source.notes = input.notes;
	}
	error = import_run(invocation, &source, trouble);
	format_input_deinit(&input);
	return error;
}

static enum error import_source(struct invocation *invocation, const char *path, struct trouble *trouble)
{
	const struct format *format;
	struct buffer text;
	enum error error;

	buffer_init(&text);
	error = read_source(path, &text, trouble);
	if (!error)
		error = find_format(&invocation->arguments, path, &text, &format, trouble);
	if (!error && !format->is_cut_anywhere)
		error = check_utf8(&text, trouble);
	if (!error)
		error = import_text(invocation, format, &text, trouble);
	buffer_deinit(&text);
	return error;
}

static enum error run_import(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (words->count > 1)
		return trouble_usage(trouble, "one file at a time, and here is `%s` as well", words->items[1].text);
	return import_source(invocation, words->count ? words->items[0].text : NULL, trouble);
}

/* --- the table --- */

static const struct argp_option *const export_options[] = {
	option_group_filter,
	option_group_export,
	NULL,
};
static const struct argp_option *const import_options[] = { option_group_import, NULL };

static const struct command_example export_examples[] = {
	{ "export --all -o tasks.jsonl", "everything, so that it can be imported again" },
	{ "export --to csv project:home", "a table of some" },
	{ "export --to taskwarrior --all", "what `task import` reads" },
	{ "export --to ical -o tasks.ics", "for a calendar" },
	{ NULL, NULL },
};

static const struct command_example import_examples[] = {
	{ "import tasks.jsonl", "what export has written" },
	{ "import --dry-run tasks.jsonl", "what would become of it" },
	{ NULL, NULL },
};

const struct command trade_commands[] = {
	{ .name = "export",
		.summary = "Write tasks for another program",
		.usage = "[--to FORMAT] [--all] [-o FILE] [IDS | FILTER…]",
		.details =
			"FORMAT is jsonl (which alone keeps everything), taskwarrior, ical, todotxt, csv or markdown.",
		.words = COMMAND_TERMS,
		.options = export_options,
		.examples = export_examples,
		.run = run_export },
	{ .name = "import",
		.summary = "Take over tasks from another program",
		.usage = "[--from FORMAT] [--partial] [--dry-run] [FILE]",
		.details = "FORMAT is jsonl, json, taskwarrior, taskwarrior-data, ical, todotxt, csv or markdown; it "
			   "is guessed "
			   "where it can be.\n"
			   "All of it is taken, as one step that undo takes back, or nothing. A task that is there "
			   "already "
			   "becomes\n"
			   "the newer of both.",
		.words = COMMAND_NAMES,
		.options = import_options,
		.examples = import_examples,
		.run = run_import },
	{ .name = NULL },
};
