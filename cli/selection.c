/* From words and --filter to the members of the wire. */
#include "selection.h"

#include "active_context.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "usage.h"

#include <string.h>

static enum error refuse_selection(const struct invocation *invocation, struct trouble *trouble, const char *reason)
{
	const char *name = invocation->command->name;

	(void)trouble_usage(trouble, "%s", reason);
	trouble_advise(trouble, "say which: taskctl %s 3, or taskctl %s -f project:home", name, name);
	return ERROR_INVALID_PARAMS;
}

enum error selection_read(struct invocation *invocation, size_t ids, json_t *params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	json_t *filter;

	if (!ids && !arguments->filter)
		return refuse_selection(invocation, trouble, "which tasks? There is neither an id nor a filter");
	if (ids && arguments->filter)
		return refuse_selection(invocation, trouble, "ids and --filter exclude each other");
	if (ids) {
		quick_words_read_selection(arguments->words.items, ids, params);
		return ERROR_NONE;
	}
	filter = json_string(arguments->filter);
	if (!filter)
		return trouble_usage(trouble, "the filter is not UTF-8");
	(void)json_object_set_new(params, "filter", filter);
	return active_context_confine(invocation, params, trouble);
}

enum error selection_read_all(struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	size_t ids = quick_words_count_ids(words->items, words->count);

	if (ids == words->count)
		return selection_read(invocation, ids, params, trouble);
	(void)trouble_usage(trouble, "`%s` is no id: those are like 3, 3-7,9 or 6f1c2b9e", words->items[ids].text);
	trouble_advise(trouble, "for a filter: taskctl %s -f FILTER", invocation->command->name);
	return ERROR_INVALID_PARAMS;
}

void selection_read_filter(const struct arguments *arguments, struct buffer *filter)
{
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);

	if (arguments->filter)
		buffer_append_text(filter, arguments->filter);
	if (words[0] && filter->length)
		buffer_append_char(filter, ' ');
	buffer_append_text(filter, words);
	if (arguments->wants_all)
		buffer_append_text(filter, filter->length ? " status:all" : "status:all");
}

bool selection_names_tasks(const struct arguments *arguments)
{
	const struct word_list *words = &arguments->words;

	return words->count && !arguments->filter && quick_words_count_ids(words->items, words->count) == words->count;
}

/* --- with text behind it --- */

enum error selection_join_words(
	const struct invocation *invocation, size_t from, json_t **ret_text, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	struct buffer text;

	buffer_init(&text);
	for (size_t i = from; i < words->count; i++) {
		buffer_append_text(&text, i > from ? " " : "");
		buffer_append_text(&text, words->items[i].text);
	}
	*ret_text = json_string(buffer_text(&text));
	buffer_deinit(&text);
	return *ret_text ? ERROR_NONE : trouble_usage(trouble, "the text is not UTF-8");
}

static enum error read_text(
	const struct invocation *invocation, size_t from, const char *name, json_t *params, struct trouble *trouble)
{
	json_t *text = NULL;
	enum error error;

	if (from >= invocation->arguments.words.count) {
		(void)trouble_usage(trouble, "the text is missing");
		usage_advise(trouble, invocation->command);
		return ERROR_INVALID_PARAMS;
	}
	error = selection_join_words(invocation, from, &text, trouble);
	if (!error)
		(void)json_object_set_new(params, name, text);
	return error;
}

enum error selection_read_text(struct invocation *invocation, const char *name, json_t *params, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	size_t ids = !invocation->arguments.filter && words->count && quick_words_is_ids(&words->items[0]);
	enum error error = selection_read(invocation, ids, params, trouble);

	return error ? error : read_text(invocation, ids, name, params, trouble);
}

/* --- one task --- */

enum error selection_read_one(const struct invocation *invocation, json_t **ret_id, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char *text = words->count ? words->items[0].text : "";
	const char *name = invocation->command->name;

	if (words->count && quick_words_is_ids(&words->items[0]) && !strchr(text, ',') &&
		!quick_words_is_range(text, strlen(text))) {
		*ret_id = quick_words_item(text, strlen(text));
		return ERROR_NONE;
	}
	(void)trouble_usage(trouble, "which task? It must be one");
	trouble_advise(trouble, "name it by its id: taskctl %s 3", name);
	return ERROR_INVALID_PARAMS;
}

enum error selection_put_filter(const struct arguments *arguments, json_t *params, struct trouble *trouble)
{
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);
	const char *filter = arguments->filter ? arguments->filter : words;

	if (arguments->filter && words[0])
		return trouble_usage(trouble, "the filter is given twice, by words and by --filter");
	if (filter[0] && json_object_set_new(params, "filter", json_string(filter)))
		return trouble_usage(trouble, "the filter is not UTF-8");
	return ERROR_NONE;
}
