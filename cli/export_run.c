/* The daemon's text is copied as it is; for another format each of its lines is read and written anew. */
#include "export_run.h"

#include "common/cleanup.h"
#include "file_write.h"
#include "progress.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct export_run {
	const struct format *format;
	int fd;
	struct format_output output;
	struct buffer page; /* the text of one */
	int64_t left_out;
	int64_t bytes; /* that the daemon has sent */
	struct progress progress;
};

static enum error write_out(const struct export_run *run, const char *bytes, size_t length, struct trouble *trouble)
{
	if (file_write_all(run->fd, bytes, length))
		return ERROR_NONE;
	return trouble_set(trouble, ERROR_STORAGE, "the tasks cannot be written: %s", strerror(errno));
}

static enum error flush(struct export_run *run, struct trouble *trouble)
{
	enum error error = write_out(run, run->output.text.data, run->output.text.length, trouble);

	buffer_truncate(&run->output.text, 0);
	return error;
}

/* The first line of all: what is known of the account's fields. */
static void take_header(struct export_run *run, const json_t *header)
{
	run->output.fields = json_incref(json_object_get(header, "fields"));
	if (run->format->begin)
		run->format->begin(&run->output);
}

static enum error convert_line(struct export_run *run, const char *line, size_t length, struct trouble *trouble)
{
	json_auto_t *object = json_loadb(line, length, 0, NULL);

	if (!json_is_object(object))
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply is no page of an export");
	if (json_object_get(object, "taskctl"))
		take_header(run, object);
	else
		run->format->write(&run->output, object);
	return ERROR_NONE;
}

static enum error convert(struct export_run *run, const char *text, size_t length, struct trouble *trouble)
{
	const char *end = text + length;
	enum error error = ERROR_NONE;

	while (!error && text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((feed ? feed : end) - text);

		if (line)
			error = convert_line(run, text, line, trouble);
		text += line + 1;
	}
	return error ? error : flush(run, trouble);
}

/* A text that did not go past the parser stands in the result. */
static enum error take_page(struct export_run *run, const json_t *page, struct trouble *trouble)
{
	const json_t *text = json_object_get(page, "text");

	if (!json_is_string(text))
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply is no page of an export");
	buffer_append(&run->page, json_string_value(text), json_string_length(text));
	run->left_out += json_integer_value(json_object_get(page, "left_out"));
	if (run->format->write)
		return convert(run, run->page.data, run->page.length, trouble);
	return write_out(run, run->page.data, run->page.length, trouble);
}

static enum error call(struct invocation *invocation, struct export_run *run, json_t *params, json_t **ret_page,
	struct trouble *trouble)
{
	enum error error;

	buffer_truncate(&run->page, 0);
	invocation->client.text = &run->page;
	error = invocation_call(invocation, "task.export", params, ret_page, trouble);
	invocation->client.text = NULL;
	return error;
}

static enum error take_pages(
	struct invocation *invocation, struct export_run *run, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:s}", "format", run->format->daemon_name, "filter", filter);

	if (!params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	for (;;) {
		json_auto_t *page = NULL;
		json_t *cursor;
		enum error error = call(invocation, run, params, &page, trouble);

		if (!error)
			error = take_page(run, page, trouble);
		run->bytes += (int64_t)run->page.length;
		progress_update(&run->progress, 0, run->bytes / 1024);
		cursor = json_object_get(page, "next_cursor");
		if (error || !cursor)
			return error;
		(void)json_object_del(params, "filter");
		(void)json_object_set(params, "cursor", cursor);
	}
}

enum error export_run(
	struct invocation *invocation, const struct format *format, const char *filter, int fd, struct trouble *trouble)
{
	struct export_run run = { .format = format, .fd = fd };
	enum error error;

	format_output_init(&run.output);
	buffer_init(&run.page);
	/* A terminal that shows the tasks shows how it goes, too. */
	progress_begin(&run.progress, "Writing", "KiB", 0, invocation->arguments.is_quiet || isatty(fd));
	error = take_pages(invocation, &run, filter, trouble);
	progress_end(&run.progress);
	if (!error && format->end)
		format->end(&run.output);
	if (!error)
		error = flush(&run, trouble);
	format_output_deinit(&run.output);
	buffer_deinit(&run.page);
	if (!error && run.left_out)
		trouble_warn("%lld task%s left out: their rules are none that %s knows", (long long)run.left_out,
			run.left_out == 1 ? " was" : "s were", format->name);
	return error;
}
