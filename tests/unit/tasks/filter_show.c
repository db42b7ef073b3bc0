/* A filter's tree as text. */
#include "filter_show.h"

#include <inttypes.h>
#include <string.h>

#define NOW   FILTER_SHOW_NOW
#define TODAY INT64_C(1799971200) /* its first second */
#define DAY   INT64_C(86400)

/* Numbers as they are, uuids behind a ~. */
static void show_refs(const struct filter *filter, struct buffer *out)
{
	for (size_t i = 0; i < filter->ref_count; i++)
		if (filter->refs[i].id)
			buffer_printf(out, "%s%" PRId64, i ? "," : "", filter->refs[i].id);
		else
			buffer_printf(out, "%s~%s", i ? "," : "", filter->refs[i].uuid);
}

static const char *const field_names[FILTER_FIELD_COUNT] = {
	[FILTER_ID] = "id",
	[FILTER_TITLE] = "title",
	[FILTER_NOTE] = "note",
	[FILTER_IN_PROJECT] = "project",
	[FILTER_TAGS] = "tags",
	[FILTER_PRIORITY] = "priority",
	[FILTER_DUE] = "due",
	[FILTER_WAIT] = "wait",
	[FILTER_SCHEDULED] = "scheduled",
	[FILTER_UNTIL] = "until",
	[FILTER_STARTED] = "started",
	[FILTER_COMPLETED] = "completed",
	[FILTER_DELETED] = "deleted",
	[FILTER_CREATED] = "created",
	[FILTER_MODIFIED] = "modified",
	[FILTER_PARENT] = "parent",
	[FILTER_CHILDREN] = "children",
	[FILTER_SERIES] = "series",
	[FILTER_DEPENDS] = "depends",
	[FILTER_BLOCKERS] = "blockers",
	[FILTER_DEPENDENTS] = "dependents",
	[FILTER_RECUR] = "recur",
	[FILTER_ANNOTATIONS] = "annotations",
	[FILTER_SPENT] = "spent",
	[FILTER_URGENCY] = "urgency",
	[FILTER_VERSION] = "version",
	[FILTER_CUSTOM] = "custom",
};

/* Times as what they are away from now, or from the start of today: n+3, t+86400. */
static void show_bound(int64_t bound, bool is_time, struct buffer *out)
{
	int64_t days = (bound - TODAY) / DAY;

	if (bound == INT64_MIN || bound == INT64_MAX)
		buffer_append_char(out, '*');
	else if (!is_time)
		buffer_printf(out, "%" PRId64, bound);
	else if ((bound - TODAY) % DAY == 0)
		buffer_printf(out, "t%+d", (int)days);
	else if ((bound + 1 - TODAY) % DAY == 0)
		buffer_printf(out, "t%+d-1s", (int)((bound + 1 - TODAY) / DAY));
	else
		buffer_printf(out, "n%+d", (int)(bound - NOW));
}

static void show_range(const struct filter *filter, struct buffer *out)
{
	bool is_time = filter->field >= FILTER_DUE && filter->field <= FILTER_MODIFIED;

	is_time = is_time || (filter->field == FILTER_CUSTOM && strcmp(filter->name, "warranty") == 0);
	buffer_printf(out, "%s[", filter->field == FILTER_CUSTOM ? filter->name : field_names[filter->field]);
	show_bound(filter->first, is_time, out);
	if (filter->first != filter->last) {
		buffer_append_text(out, "..");
		show_bound(filter->last, is_time, out);
	}
	buffer_append_char(out, ']');
}

static void show_joined(const struct filter *filter, const char *name, struct buffer *out)
{
	buffer_printf(out, "%s(", name);
	filter_show(filter->left, out);
	if (filter->right) {
		buffer_append_char(out, ' ');
		filter_show(filter->right, out);
	}
	buffer_append_char(out, ')');
}

static void show_text(const struct filter *filter, struct buffer *out)
{
	static const char *const matches[] = { "is", "has", "starts", "ends", "word", "regex" };
	const char *field = filter->field == FILTER_CUSTOM ? filter->name : field_names[filter->field];

	buffer_printf(out, "%s.%s[%s]", field, matches[filter->match], filter->text);
}

void filter_show(const struct filter *filter, struct buffer *out)
{
	static const char *const orders[] = { "<", "<=", "=", ">=", ">" };

	switch (filter->kind) {
	case FILTER_ALL:
		buffer_append_text(out, filter->ends_scope ? "everything" : "all");
		return;
	case FILTER_AND:
		show_joined(filter, "and", out);
		return;
	case FILTER_OR:
		show_joined(filter, "or", out);
		return;
	case FILTER_XOR:
		show_joined(filter, "xor", out);
		return;
	case FILTER_NOT:
		show_joined(filter, "not", out);
		return;
	case FILTER_PROJECT:
		buffer_printf(out, "project[%s]", filter->text);
		return;
	case FILTER_TAG:
		buffer_printf(out, "tag[%s]", filter->text);
		return;
	case FILTER_STATUS:
		buffer_printf(out, "status[%s]", task_status_names[filter->status]);
		return;
	case FILTER_REFS:
		buffer_printf(out, "%s{", field_names[filter->field]);
		show_refs(filter, out);
		buffer_append_char(out, '}');
		return;
	case FILTER_LATEST:
		buffer_append_text(out, "latest");
		return;
	case FILTER_ANY:
		buffer_printf(
			out, "any[%s]", filter->field == FILTER_CUSTOM ? filter->name : field_names[filter->field]);
		return;
	case FILTER_RANGE:
		show_range(filter, out);
		return;
	case FILTER_NUMBER:
		buffer_printf(out, "%s%s[%s]", filter->name, orders[filter->order], filter->text);
		return;
	case FILTER_TEXT:
		show_text(filter, out);
		return;
	}
}
