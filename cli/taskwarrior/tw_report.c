/* A report of the table becomes one of taskctl's own. */
#include "taskwarrior/tw_report.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "task_report.h"
#include "taskwarrior/tw_attribute.h"
#include "taskwarrior/tw_filter.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SETTING_SIZE 96u
#define LINES_AROUND 6 /* a heading, what is said below, the prompt */
#define LIMIT_USUAL  25

/* What a report says of this, unless the line does. */
static const char *setting_of(const struct tw *tw, const char *report, const char *what, const char *otherwise)
{
	char name[SETTING_SIZE];
	const char *said;

	(void)snprintf(name, sizeof(name), "report.%s.%s", report, what);
	said = tw_rc_get(&tw->line.rc, name);
	return said ? said : otherwise;
}

enum error tw_report_filter(
	const struct tw *tw, const char *name, char **ret_filter, int64_t *ret_limit, struct trouble *trouble)
{
	const char *filter = setting_of(tw, name, "filter", tw_report_find(name)->filter);

	return tw_filter_read_text(filter, ret_filter, ret_limit, trouble);
}

/* --- columns --- */

static bool has_text(const json_t *texts, const char *text)
{
	const json_t *found;
	size_t index;

	json_array_foreach (texts, index, found)
		if (strcmp(json_string_value(found), text) == 0)
			return true;
	return false;
}

/* entry.age is the age, due.relative how long until then; other formats are as the column is. */
static const char *column_of(const char *name, size_t length)
{
	static const struct {
		const char *theirs, *ours;
	} formats[] = { { "entry.age", "age" }, { "due.relative", "due.relative" }, { "due.countdown", "due.relative" },
		{ "due.remaining", "due.relative" } };
	const char *dot = memchr(name, '.', length);
	const struct tw_attribute *attribute;

	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (strlen(formats[i].theirs) == length && memcmp(formats[i].theirs, name, length) == 0)
			return formats[i].ours;
	attribute = tw_attribute_find(name, dot ? (size_t)(dot - name) : length);
	return attribute ? attribute->column : NULL;
}

static json_t *make_columns(const char *names)
{
	json_t *columns = json_array();

	while (*names) {
		size_t length = strcspn(names, ",");
		const char *column = column_of(names, length);

		if (column && !has_text(columns, column))
			(void)json_array_append_new(columns, json_string(column));
		names += length + (names[length] == ',');
	}
	return columns;
}

/* --- the report --- */

/* As many as fit the screen. */
static int64_t page_limit(const struct tw *tw)
{
	struct winsize size;
	int64_t height = tw_rc_number(&tw->line.rc, "defaultheight");

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row)
		return size.ws_row > 2 * LINES_AROUND ? size.ws_row - LINES_AROUND : LINES_AROUND;
	return height > LIMIT_USUAL ? height : LIMIT_USUAL;
}

static int64_t find_limit(const struct tw *tw, int64_t said, int64_t usual)
{
	int64_t limit = said ? said : usual;

	return limit < 0 ? page_limit(tw) : limit;
}

static enum error make_report(
	const struct tw *tw, const struct tw_report *report, json_t **ret_report, struct trouble *trouble)
{
	AUTO_FREE char *sort = tw_filter_sort(setting_of(tw, report->name, "sort", report->sort));
	AUTO_FREE char *filter = NULL;
	int64_t limit;
	enum error error = tw_report_filter(tw, report->name, &filter, &limit, trouble);

	if (error)
		return error;
	*ret_report = json_pack("{s:s, s:s, s:o, s:I}", "filter", filter, "sort", sort, "columns",
		make_columns(setting_of(tw, report->name, "columns", report->columns)), "limit", (json_int_t)limit);
	return *ret_report ? ERROR_NONE : trouble_usage(trouble, "a setting of the report is not UTF-8");
}

/* Below the table. */
static enum error finish(const struct tw *tw, size_t count, struct trouble *trouble)
{
	if (!count)
		return tw_no_match(tw, trouble);
	if (tw_rc_says(&tw->line.rc, "blank"))
		(void)putchar('\n');
	tw_say(tw, "affected", "%zu task%s", count, count == 1 ? "" : "s");
	return ERROR_NONE;
}

static enum error print_report(struct tw *tw, json_t *report, struct trouble *trouble)
{
	struct arguments *arguments = &tw->invocation->arguments;
	const struct word_list *words = &tw->line.filter;
	AUTO_FREE char *filter = NULL;
	int64_t limit;
	size_t count = 0;
	enum error error = tw_filter_read(words->items, words->count, &filter, &limit, trouble);

	if (error)
		return error;
	arguments->filter = filter;
	arguments->limit = find_limit(tw, limit, json_integer_value(json_object_get(report, "limit")));
	if (tw_rc_says(&tw->line.rc, "blank"))
		(void)putchar('\n');
	error = task_report_print(tw->invocation, report, 0, &count, trouble);
	arguments->filter = NULL;
	return error ? error : finish(tw, count, trouble);
}

/* The words of the line that are no filter; all of them are in it. */
enum error tw_run_report(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *report = NULL;
	enum error error = make_report(tw, tw_report_find(tw->line.command->name), &report, trouble);

	word_list_deinit(&tw->invocation->arguments.words);
	return error ? error : print_report(tw, report, trouble);
}

enum error tw_run_reports(struct tw *tw, struct trouble *trouble)
{
	const struct tw_report *report;

	for (size_t i = 0; (report = tw_report_at(i)); i++)
		(void)printf("%-12s %s\n", report->name, report->description);
	return tw_delegate(tw, "report list", NULL, 0, trouble);
}
