/* Begin, append, commit: and abort where it comes to nothing. */
#include "import_run.h"

#include "common/cleanup.h"
#include "common/wire.h"
#include "progress.h"
#include "report.h"
#include "terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PART_BYTES    ((size_t)640 * 1024)             /* of a part as JSON writes it */
#define LINE_LIMIT    ((size_t)WIRE_LINE_LIMIT - 4096) /* what a request has beside its text is less */
#define MISTAKES_SAID 20

struct import_run {
	struct invocation *invocation;
	const struct import_source *source;
	const char *id; /* borrowed from `begun` */
	int64_t part;
	int64_t position;
	int64_t taken;
	int64_t refused_count, warning_count;
	int64_t said; /* mistakes that were printed */
	struct progress progress;
};

/* --- what is said meanwhile --- */

static void say_note(struct import_run *run, const char *what, const json_t *note)
{
	struct buffer line;

	if (run->said++ >= MISTAKES_SAID)
		return;
	progress_clear(&run->progress);
	buffer_init(&line);
	buffer_printf(&line, "%s %" JSON_INTEGER_FORMAT ": ", run->source->format->unit,
		json_integer_value(json_object_get(note, "position")));
	terminal_clean(&line, json_string_value(json_object_get(note, "message")),
		json_string_length(json_object_get(note, "message")));
	(void)fprintf(stderr, "%s%s\n", what, buffer_text(&line));
	buffer_deinit(&line);
}

static void say_notes(struct import_run *run, const json_t *result)
{
	const json_t *note;
	size_t index;

	run->refused_count += json_integer_value(json_object_get(result, "refused_count"));
	run->warning_count += json_integer_value(json_object_get(result, "warning_count"));
	json_array_foreach (json_object_get(result, "refused"), index, note)
		say_note(run, "", note);
	if (!run->invocation->arguments.is_quiet)
		json_array_foreach (json_object_get(result, "warnings"), index, note)
			say_note(run, "note: ", note);
}

static void say_mistakes(struct import_run *run)
{
	const json_t *note;
	size_t index;

	json_array_foreach (run->source->mistakes, index, note) {
		run->refused_count++;
		say_note(run, "", note);
	}
	if (!run->invocation->arguments.is_quiet)
		json_array_foreach (run->source->notes, index, note)
			say_note(run, "note: ", note);
}

/* --- parts --- */

/* How long a line is as JSON text: quotes and backslashes take two bytes. */
static size_t escaped_length(const char *text, size_t length)
{
	size_t escaped = length;

	for (size_t i = 0; i < length; i++)
		escaped += text[i] == '"' || text[i] == '\\' || text[i] == '\t' ? 1
			   : (unsigned char)text[i] < ' '                       ? 5
										: 0;
	return escaped;
}

/* Whole lines from here on, as many as a part has. */
static size_t measure_part(const char *text, size_t length, int64_t *ret_lines, size_t *ret_escaped)
{
	size_t taken = 0;

	*ret_lines = 0;
	*ret_escaped = 0;
	while (taken < length) {
		const char *feed = memchr(text + taken, '\n', length - taken);
		size_t line = feed ? (size_t)(feed - text) + 1 - taken : length - taken;
		size_t escaped = escaped_length(text + taken, line);

		if (taken && *ret_escaped + escaped > PART_BYTES)
			break;
		taken += line;
		*ret_escaped += escaped;
		++*ret_lines;
	}
	return taken;
}

static enum error append_part(struct import_run *run, const char *text, size_t length, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:s, s:I, s:I, s:s%}", "action", "append", "import", run->id, "part",
		(json_int_t)++run->part, "first", (json_int_t)run->position, "text", text, length);
	json_auto_t *result = NULL;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "what is read there is not UTF-8");
	error = invocation_call(run->invocation, "task.import", params, &result, trouble);
	if (error)
		return error;
	run->taken += json_integer_value(json_object_get(result, "taken"));
	say_notes(run, result);
	return ERROR_NONE;
}

static enum error append_all(struct import_run *run, struct trouble *trouble)
{
	const struct import_source *source = run->source;
	size_t done = 0;
	enum error error = ERROR_NONE;

	while (!error && done < source->length) {
		int64_t lines;
		size_t escaped;
		size_t length = measure_part(source->text + done, source->length - done, &lines, &escaped);

		if (escaped > LINE_LIMIT)
			return trouble_usage(trouble, "%s %" PRId64 " is longer than a task can be",
				source->format->unit, run->position);
		error = append_part(run, source->text + done, length, trouble);
		run->position += lines;
		done += length;
		progress_update(&run->progress, (int64_t)done, run->taken);
	}
	return error;
}

/* --- the end --- */

static enum error refuse_mistakes(struct import_run *run, struct trouble *trouble)
{
	if (run->said > MISTAKES_SAID)
		(void)fprintf(stderr, "and %lld more\n", (long long)(run->said - MISTAKES_SAID));
	run->said = 0;
	if (!run->refused_count || run->invocation->arguments.is_partial)
		return ERROR_NONE;
	(void)trouble_set(trouble, ERROR_CONFLICT, "%lld of the tasks cannot be taken, so none was",
		(long long)run->refused_count);
	trouble_advise(trouble, "correct them, or take the others alone with --partial");
	return ERROR_CONFLICT;
}

static enum error commit(struct import_run *run, json_t **ret_result, struct trouble *trouble)
{
	const struct arguments *arguments = &run->invocation->arguments;
	json_auto_t *params = json_pack("{s:s, s:s, s:b, s:s*}", "action", "commit", "import", run->id, "dry_run",
		arguments->is_dry_run, "on_conflict", arguments->on_conflict);
	enum error error;

	progress_clear(&run->progress);
	if (!params)
		return trouble_usage(trouble, "--on-conflict is not UTF-8");
	error = invocation_change(run->invocation, "task.import", params, ret_result, trouble);
	if (!error)
		say_notes(run, *ret_result);
	return error;
}

/* What became of it matters to nobody: an import that is left goes by itself. */
static void abort_import(struct import_run *run)
{
	json_auto_t *params = json_pack("{s:s, s:s}", "action", "abort", "import", run->id);
	json_auto_t *result = NULL;
	struct trouble unheard;

	(void)invocation_call(run->invocation, "task.import", params, &result, &unheard);
}

static long long count_of(const json_t *result, const char *name)
{
	return json_integer_value(json_object_get(result, name));
}

static void say_result(const struct import_run *run, const json_t *result)
{
	const struct arguments *arguments = &run->invocation->arguments;
	bool is_dry = arguments->is_dry_run;
	long long added = count_of(result, "added");
	long long updated = count_of(result, "updated");

	if (arguments->is_json) {
		(void)json_dumpf(result, stdout, JSON_COMPACT);
		(void)putchar('\n');
		return;
	}
	if (arguments->is_quiet)
		return;
	(void)printf("%s %lld task%s", is_dry ? "Would add" : "Added", added, added == 1 ? "" : "s");
	if (updated)
		(void)printf(", %s %lld", is_dry ? "would update" : "updated", updated);
	if (count_of(result, "unchanged"))
		(void)printf(", %lld as they were", count_of(result, "unchanged"));
	if (run->refused_count)
		(void)printf(", %lld left out", (long long)run->refused_count);
	(void)puts(".");
	if (!is_dry && added + updated)
		report_undo(run->invocation);
}

static enum error bring_all(struct import_run *run, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error;

	say_mistakes(run);
	error = append_all(run, trouble);
	if (!error)
		error = refuse_mistakes(run, trouble);
	if (!error)
		error = commit(run, &result, trouble);
	if (!error)
		say_result(run, result);
	else
		progress_clear(&run->progress);
	if (error || run->invocation->arguments.is_dry_run)
		abort_import(run);
	return error;
}

enum error import_run(struct invocation *invocation, const struct import_source *source, struct trouble *trouble)
{
	struct import_run run = { .invocation = invocation, .source = source, .position = 1 };
	json_auto_t *params = json_pack("{s:s, s:s, s:s, s:b}", "action", "begin", "format",
		source->format->daemon_name, "unit", source->format->unit, "partial", invocation->arguments.is_partial);
	json_auto_t *begun = NULL;
	enum error error = invocation_call(invocation, "task.import", params, &begun, trouble);

	if (error)
		return error;
	run.id = json_string_value(json_object_get(begun, "import"));
	progress_begin(&run.progress, "Reading", "tasks", (int64_t)source->length, invocation->arguments.is_quiet);
	error = bring_all(&run, trouble);
	progress_end(&run.progress);
	return error;
}
