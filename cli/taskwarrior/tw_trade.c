/* Tasks out of the program and into it, as JSON; and dates that are counted with. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "export_run.h"
#include "task_report.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_filter.h"
#include "taskwarrior/tw_report.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- export --- */

/* A line for each task, without what makes an array of them. */
static const struct format bare = { .name = "taskwarrior", .daemon_name = "taskwarrior-lines", .unit = "item" };

/* Behind the command stands the name of a report, whose filter is meant, or more of the filter. */
static enum error take_words(struct tw *tw, char **ret_more, struct trouble *trouble)
{
	struct word_list *words = &tw->line.words;
	int64_t limit;

	if (words->count == 1 && !words->items[0].is_literal && tw_report_find(words->items[0].text))
		return tw_report_filter(tw, words->items[0].text, ret_more, &limit, trouble);
	return tw_filter_read(words->items, words->count, ret_more, &limit, trouble);
}

enum error tw_run_export(struct tw *tw, struct trouble *trouble)
{
	bool is_array = tw_rc_is_on(&tw->line.rc, "json.array");
	AUTO_FREE char *filter = NULL;
	AUTO_FREE char *more = NULL;
	struct buffer whole;
	enum error error = tw_filter_of_line(tw, &filter, trouble);

	if (!error)
		error = take_words(tw, &more, trouble);
	if (error)
		return error;
	buffer_init(&whole);
	buffer_printf(&whole, more[0] ? "(%s) " : "%s", more);
	buffer_append_text(&whole, filter);
	(void)fflush(stdout);
	error = export_run(tw->invocation, is_array ? format_find("taskwarrior") : &bare, buffer_text(&whole),
		STDOUT_FILENO, trouble);
	buffer_deinit(&whole);
	return error;
}

/* --- import --- */

enum error tw_run_import(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	const char *path[] = { words->count ? words->items[0].text : "-" };

	if (words->count > 1)
		return trouble_usage(trouble, "one file at a time, and here is `%s` as well", words->items[1].text);
	tw_say(tw, "affected", "Importing '%s'", strcmp(path[0], "-") == 0 ? "STDIN" : path[0]);
	return tw_delegate(tw,
		tw_rc_says(&tw->line.rc, "affected") ? "import --from taskwarrior" : "import -q --from taskwarrior",
		path, 1, trouble);
}

/* --- calc --- */

enum error tw_run_calculation(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	struct buffer expression;
	enum error error;

	if (!words->count)
		return trouble_usage(trouble, "No expression to evaluate.");
	buffer_init(&expression);
	for (size_t i = 0; i < words->count; i++)
		buffer_printf(&expression, "%s%s", i ? " " : "", words->items[i].text);
	params = json_pack("{s:s}", "expression", buffer_text(&expression));
	buffer_deinit(&expression);
	if (!params)
		return trouble_usage(trouble, "the expression is not UTF-8");
	error = invocation_call(tw->invocation, "task.calculate", params, &result, trouble);
	if (!error)
		(void)puts(json_string_value(json_object_get(result, "text")));
	return error;
}
