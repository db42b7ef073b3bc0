/* The table of attributes. */
#include "taskwarrior/tw_attribute.h"

#include "taskwarrior/tw_abbreviation.h"

#include <string.h>

/* clang-format off */
const struct tw_attribute tw_attributes[] = {
	{ .name = "annotations", .filter = "annotations", .member = "annotations" },
	{ .name = "depends", .filter = "depends", .change = "depends", .member = "depends", .column = "depends" },
	{ .name = "description", .filter = "title", .change = "title", .member = "title", .column = "title" },
	{ .name = "due", .filter = "due", .change = "due", .member = "due", .column = "due", .is_date = true },
	{ .name = "end", .filter = "completed", .member = "completed", .column = "completed", .is_date = true },
	{ .name = "entry", .filter = "created", .member = "created", .column = "created", .is_date = true },
	{ .name = "id", .filter = "id", .member = "id", .column = "id" },
	{ .name = "imask" },
	{ .name = "last" },
	{ .name = "mask" },
	{ .name = "modified", .filter = "modified", .member = "modified", .column = "modified", .is_date = true },
	{ .name = "parent", .filter = "series", .member = "series", .column = "series" },
	{ .name = "priority", .filter = "priority", .change = "priority", .member = "priority", .column = "priority" },
	{ .name = "project", .filter = "project", .change = "project", .member = "project", .column = "project" },
	{ .name = "recur", .filter = "recur", .change = "recur", .member = "recur", .column = "recur" },
	{ .name = "rtype" },
	{ .name = "scheduled", .filter = "scheduled", .change = "scheduled", .member = "scheduled",
	  .column = "scheduled", .is_date = true },
	{ .name = "start", .filter = "started", .member = "started", .column = "started", .is_date = true },
	{ .name = "status", .filter = "status", .member = "status", .column = "status" },
	{ .name = "tags", .filter = "tags", .change = "tag", .member = "tags", .column = "tags" },
	{ .name = "template" },
	{ .name = "until", .filter = "until", .change = "until", .member = "until", .column = "until", .is_date = true },
	{ .name = "urgency", .filter = "urgency", .member = "urgency", .column = "urgency" },
	{ .name = "uuid", .filter = "uuid", .member = "uuid", .column = "uuid" },
	{ .name = "wait", .filter = "wait", .change = "wait", .member = "wait", .column = "wait", .is_date = true },
	{ .name = NULL },
};
/* clang-format on */

static const char *attribute_name(size_t index)
{
	return tw_attributes[index].name;
}

const struct tw_attribute *tw_attribute_find(const char *name, size_t length)
{
	ptrdiff_t index = tw_abbreviation_find(name, length, attribute_name);

	return index < 0 ? NULL : &tw_attributes[index];
}

static const char *modifier_name(size_t index)
{
	static const char *const names[] = { "above", "after", "any", "before", "below", "by", "contains", "endswith",
		"equals", "has", "hasnt", "is", "isnt", "left", "none", "not", "noword", "over", "right", "startswith",
		"under", "word", NULL };

	return names[index];
}

const char *tw_modifier_find(const char *name, size_t length)
{
	ptrdiff_t index = tw_abbreviation_find(name, length, modifier_name);

	return index < 0 ? NULL : modifier_name((size_t)index);
}
