/* Lists of ids and uuids: `3-7,9,6f1cdead`. */
#include "tasks/filter_parser.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#define NO_IDS "is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid"

struct ref_list {
	struct filter_parser *parser;
	struct task_ref *refs;
	size_t count;
	size_t capacity;
};

static bool is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return length > 0;
}

/* An item such as 3-7, both ends meant. A uuid can look like one that runs backwards. */
static bool read_range(const char *item, size_t length, int64_t *ret_first, int64_t *ret_last)
{
	const char *dash = memchr(item, '-', length);
	size_t first_length = dash ? (size_t)(dash - item) : 0;
	struct task_ref first, last;

	if (!dash || !is_number(item, first_length) || !is_number(dash + 1, length - first_length - 1))
		return false;
	if (task_ref_parse(item, first_length, &first, NULL) ||
		task_ref_parse(dash + 1, length - first_length - 1, &last, NULL))
		return false;
	if (!first.id || first.id > last.id)
		return false;
	*ret_first = first.id;
	*ret_last = last.id;
	return true;
}

/* Make room for more refs; false when that would be too many. */
static bool grow(struct ref_list *list, size_t more, struct task_ref **ret_refs)
{
	struct filter_parser *parser = list->parser;
	size_t count = list->count + more;

	if (more > FILTER_REFS_LIMIT - parser->ref_count)
		return false;
	if (count > list->capacity) {
		struct task_ref *refs = arena_array(parser->arena, 2 * count, sizeof(*refs));

		if (list->count)
			memcpy(refs, list->refs, list->count * sizeof(*refs));
		list->refs = refs;
		list->capacity = 2 * count;
	}
	assert(list->refs);
	*ret_refs = list->refs + list->count;
	list->count = count;
	parser->ref_count += more;
	return true;
}

static enum error refuse_many(const struct filter_parser *parser)
{
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "filter",
		"the filter names more than %u ids, from column %zu on", FILTER_REFS_LIMIT,
		filter_token_column(parser));
}

static enum error add_range(struct ref_list *list, int64_t first, int64_t last)
{
	struct task_ref *refs;

	if (last - first >= (int64_t)FILTER_REFS_LIMIT || !grow(list, (size_t)(last - first + 1), &refs))
		return refuse_many(list->parser);
	for (int64_t id = first; id <= last; id++)
		refs++->id = id;
	return ERROR_NONE;
}

static enum error add_ref(struct ref_list *list, const char *item, size_t length)
{
	struct task_ref ref;
	struct task_ref *refs;
	bool is_either;

	if (task_ref_parse(item, length, &ref, NULL))
		return filter_token_refuse(list->parser, NO_IDS);
	is_either = ref.id && ref.uuid[0];
	if (!grow(list, is_either ? 2 : 1, &refs))
		return refuse_many(list->parser);
	refs[0] = ref;
	if (is_either) {
		refs[0].uuid[0] = '\0';
		refs[1] = ref;
		refs[1].id = 0;
	}
	return ERROR_NONE;
}

enum error filter_refs_parse(
	struct filter_parser *parser, size_t from, enum filter_field field, const struct filter **ret_filter)
{
	struct ref_list list = { .parser = parser };
	const char *item = parser->token.text + from;
	struct filter *filter;

	for (;;) {
		size_t length = strcspn(item, ",");
		int64_t first, last;
		enum error error = read_range(item, length, &first, &last) ? add_range(&list, first, last)
									   : add_ref(&list, item, length);

		if (error)
			return error;
		if (!item[length])
			break;
		item += length + 1;
	}
	filter = filter_new(parser, FILTER_REFS);
	filter->field = field;
	filter->ends_scope = field == FILTER_ID;
	filter->refs = list.refs;
	filter->ref_count = list.count;
	*ret_filter = filter;
	return ERROR_NONE;
}

bool filter_refs_looks_like(const struct filter_token *token)
{
	if (token->quoted_from != FILTER_NOT_QUOTED || strspn(token->text, "0123456789abcdefABCDEF,-") < token->length)
		return false;
	return isdigit((unsigned char)token->text[0]) || strcspn(token->text, ",-") >= 8;
}
