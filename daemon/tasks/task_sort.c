/* The order of a list. */
#include "tasks/task_sort.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <stddef.h>
#include <string.h>

#define NAME_SIZE 16

static const struct task_sort_attribute attributes[] = {
	{ "id", TASK_SORT_ID, offsetof(struct task, id) },
	{ "urgency", TASK_SORT_URGENCY, 0 },
	{ "due", TASK_SORT_INTEGER, offsetof(struct task, due) },
	{ "wait", TASK_SORT_INTEGER, offsetof(struct task, wait) },
	{ "scheduled", TASK_SORT_INTEGER, offsetof(struct task, scheduled) },
	{ "until", TASK_SORT_INTEGER, offsetof(struct task, until) },
	{ "started", TASK_SORT_INTEGER, offsetof(struct task, started) },
	{ "completed", TASK_SORT_INTEGER, offsetof(struct task, completed) },
	{ "deleted", TASK_SORT_INTEGER, offsetof(struct task, deleted) },
	{ "spent", TASK_SORT_INTEGER, offsetof(struct task, spent) },
	{ "created", TASK_SORT_INTEGER, offsetof(struct task, created) },
	{ "modified", TASK_SORT_INTEGER, offsetof(struct task, modified) },
	{ "priority", TASK_SORT_PRIORITY, 0 },
	{ "project", TASK_SORT_TEXT, offsetof(struct task, project) },
	{ "title", TASK_SORT_TEXT, offsetof(struct task, title) },
};

const char *task_sort_name(size_t index)
{
	return index < COUNT_OF(attributes) ? attributes[index].name : NULL;
}

static const struct task_sort_attribute *find_attribute(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		if (strcmp(attributes[i].name, name) == 0)
			return &attributes[i];
	return NULL;
}

/* --- parsing --- */

static enum error refuse_name(const char *name, struct refusal *refusal)
{
	const char *names[COUNT_OF(attributes) + 1] = { NULL };
	const char *nearest;

	for (size_t i = 0; i < COUNT_OF(attributes); i++)
		names[i] = attributes[i].name;
	nearest = text_nearest(name, names);
	if (nearest)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "sort", "sort knows no `%s`; did you mean `%s`?", name, nearest);
	return refuse(refusal, ERROR_INVALID_PARAMS, "sort",
		"sort takes id, urgency, due, wait, scheduled, until, started, completed, deleted, spent, created, "
		"modified, priority, project and title, each with + or -, and commas between them");
}

static bool has_key(const struct task_sort *sort, const struct task_sort_attribute *attribute)
{
	for (size_t i = 0; i < sort->count; i++)
		if (sort->keys[i].attribute == attribute)
			return true;
	return false;
}

static enum error add_key(struct task_sort *sort, const char *word, size_t length, struct refusal *refusal)
{
	bool has_sign = length && (word[length - 1] == '+' || word[length - 1] == '-');
	size_t name_length = length - has_sign;
	struct task_sort_key key = { .is_descending = has_sign && word[length - 1] == '-' };
	char name[NAME_SIZE] = "";

	if (name_length < NAME_SIZE)
		memcpy(name, word, name_length);
	key.attribute = find_attribute(name);
	if (!key.attribute)
		return refuse_name(name, refusal);
	if (has_key(sort, key.attribute))
		return refuse(refusal, ERROR_INVALID_PARAMS, "sort", "sort names %s twice", name);
	if (sort->count == TASK_SORT_KEYS)
		return refuse(refusal, ERROR_INVALID_PARAMS, "sort", "sort takes at most %u names", TASK_SORT_KEYS);
	sort->keys[sort->count++] = key;
	return ERROR_NONE;
}

enum error task_sort_parse(const char *text, size_t length, struct task_sort *ret_sort, struct refusal *refusal)
{
	const char *end = text + length;
	struct task_sort sort = { .count = 0 };

	for (const char *word = text; word <= end;) {
		const char *comma = memchr(word, ',', (size_t)(end - word));
		const char *word_end = comma ? comma : end;
		enum error error = add_key(&sort, word, (size_t)(word_end - word), refusal);

		if (error)
			return error;
		word = word_end + 1;
	}
	if (!has_key(&sort, find_attribute("id")))
		sort.keys[sort.count++].attribute = find_attribute("id");
	*ret_sort = sort;
	return ERROR_NONE;
}

/* --- what it is --- */

bool task_sort_is_by(const struct task_sort *sort, const char *name, bool is_descending)
{
	return sort->count == 2 && strcmp(sort->keys[0].attribute->name, name) == 0 &&
	       sort->keys[0].is_descending == is_descending && sort->keys[1].attribute->type == TASK_SORT_ID &&
	       !sort->keys[1].is_descending;
}

bool task_sort_has_urgency(const struct task_sort *sort)
{
	return has_key(sort, find_attribute("urgency"));
}

/* --- places --- */

static const void *member(const struct task_sort_attribute *attribute, const struct task *task)
{
	return (const char *)task + attribute->offset;
}

void task_sort_find_place(const struct task_sort *sort, const struct task *task,
	const struct urgency_coefficients *coefficients, int64_t now, struct task_place *ret_place)
{
	*ret_place = (struct task_place){ 0 };
	for (size_t i = 0; i < sort->count; i++) {
		const struct task_sort_attribute *attribute = sort->keys[i].attribute;
		__typeof__(ret_place->values[0]) *value = &ret_place->values[i];

		switch (attribute->type) {
		case TASK_SORT_ID:
		case TASK_SORT_INTEGER:
			value->integer = *(const int64_t *)member(attribute, task);
			value->is_none = value->integer == TASK_NO_TIME;
			break;
		case TASK_SORT_URGENCY:
			value->integer = urgency_rank(task, coefficients, now);
			break;
		case TASK_SORT_PRIORITY:
			value->integer = (int64_t)task->priority;
			value->is_none = task->priority == TASK_PRIORITY_NONE;
			break;
		case TASK_SORT_TEXT:
			value->text = *(const char *const *)member(attribute, task);
			value->is_none = !value->text;
			break;
		}
	}
}

static int compare_integers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int task_sort_compare(const struct task_sort *sort, const struct task_place *a, const struct task_place *b)
{
	int difference = 0;

	for (size_t i = 0; !difference && i < sort->count; i++) {
		if (a->values[i].is_none || b->values[i].is_none)
			difference = a->values[i].is_none - b->values[i].is_none;
		else if (a->values[i].text)
			difference = strcmp(a->values[i].text, b->values[i].text);
		else
			difference = compare_integers(a->values[i].integer, b->values[i].integer);
		if (sort->keys[i].is_descending && !a->values[i].is_none && !b->values[i].is_none)
			difference = -difference;
	}
	return difference;
}

struct task_place task_place_copy(const struct task_sort *sort, const struct task_place *place, struct arena *arena)
{
	struct task_place copy = *place;

	for (size_t i = 0; i < sort->count; i++)
		if (copy.values[i].text)
			copy.values[i].text = arena_strdup(arena, copy.values[i].text);
	return copy;
}
