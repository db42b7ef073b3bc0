/* The fields that a client gives for a task. */
#include "methods/task_patch.h"

#include "common/cleanup.h"
#include "methods/services.h"
#include "methods/week_start.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* --- reading --- */

static enum error check_text(const struct text_param *text,
	enum error (*check)(const char *text, size_t length, struct refusal *refusal), struct refusal *refusal)
{
	return text->presence == PARAM_GIVEN ? check(text->text, text->length, refusal) : ERROR_NONE;
}

/* What goes to one end of a title keeps the rules of a whole one. */
static enum error check_title_end(const struct text_param *end, const char *field, struct refusal *refusal)
{
	struct refusal said;
	enum error error = check_text(end, task_check_title, &said);

	return error ? refuse(refusal, error, field, "%s", said.message) : ERROR_NONE;
}

static enum error check_titles(const struct task_fields *fields, struct refusal *refusal)
{
	enum error error = check_text(&fields->title, task_check_title, refusal);

	if (!error)
		error = check_title_end(&fields->append_title, "append_title", refusal);
	if (!error)
		error = check_title_end(&fields->prepend_title, "prepend_title", refusal);
	if (error)
		return error;
	if (fields->title.presence == PARAM_GIVEN && (fields->append_title.length || fields->prepend_title.length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "title",
			"title replaces the whole title; use either it or append_title and prepend_title");
	return ERROR_NONE;
}

/* `field` is the one of the three lists of tags that the client must look at. */
static enum error check_tags(const struct text_list_param *tags, const char *field,
	enum error (*check)(const char *tag, size_t length, struct refusal *refusal), struct refusal *refusal)
{
	for (size_t i = 0; i < tags->count; i++) {
		struct refusal said;
		enum error error = check(tags->texts[i], strlen(tags->texts[i]), &said);

		if (error)
			return refuse(refusal, error, field, "%s", said.message);
	}
	if (tags->count > TASK_TAGS_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, field, "%s holds more than %u tags", field, TASK_TAGS_LIMIT);
	return ERROR_NONE;
}

static enum error check_both_ways(const struct task_fields *fields, struct refusal *refusal)
{
	for (size_t i = 0; i < fields->add_tags.count; i++)
		for (size_t j = 0; j < fields->remove_tags.count; j++)
			if (!strcmp(fields->add_tags.texts[i], fields->remove_tags.texts[j]))
				return refuse(refusal, ERROR_INVALID_PARAMS, "remove_tags",
					"the tag %s is both added and removed; leave it out of one list",
					fields->add_tags.texts[i]);
	return ERROR_NONE;
}

static enum error check_tag_lists(const struct task_fields *fields, struct refusal *refusal)
{
	enum error error = check_tags(&fields->tags, "tags", task_check_new_tag, refusal);

	if (!error)
		error = check_tags(&fields->add_tags, "add_tags", task_check_new_tag, refusal);
	if (!error)
		error = check_tags(&fields->remove_tags, "remove_tags", task_check_tag, refusal);
	if (error)
		return error;
	if (fields->tags.presence != PARAM_ABSENT && (fields->add_tags.count || fields->remove_tags.count))
		return refuse(refusal, ERROR_INVALID_PARAMS, "tags",
			"tags replaces all tags; use either it or add_tags and remove_tags");
	return check_both_ways(fields, refusal);
}

/* --- dates --- */

static const struct {
	const char *field;
	enum date_edge edge;
	size_t offset;       /* of its time in a task */
	size_t param_offset; /* of its text in struct task_fields */
} date_rows[TASK_PATCH_DATES] = {
	[TASK_PATCH_DUE] = { "due", DATE_DAY_END, offsetof(struct task, due), offsetof(struct task_fields, due) },
	[TASK_PATCH_WAIT] = { "wait", DATE_DAY_START, offsetof(struct task, wait), offsetof(struct task_fields, wait) },
	[TASK_PATCH_SCHEDULED] = { "scheduled", DATE_DAY_START, offsetof(struct task, scheduled),
		offsetof(struct task_fields, scheduled) },
	[TASK_PATCH_UNTIL] = { "until", DATE_DAY_END, offsetof(struct task, until),
		offsetof(struct task_fields, until) },
};

/* The times that a date can start from, with Taskwarrior's names for them too. */
static const struct {
	const char *name;
	size_t offset;
} attribute_rows[] = {
	{ "due", offsetof(struct task, due) },
	{ "wait", offsetof(struct task, wait) },
	{ "scheduled", offsetof(struct task, scheduled) },
	{ "until", offsetof(struct task, until) },
	{ "created", offsetof(struct task, created) },
	{ "entry", offsetof(struct task, created) },
	{ "modified", offsetof(struct task, modified) },
	{ "started", offsetof(struct task, started) },
	{ "start", offsetof(struct task, started) },
	{ "completed", offsetof(struct task, completed) },
	{ "end", offsetof(struct task, completed) },
};

static int64_t *time_at(struct task *task, size_t offset)
{
	return (int64_t *)(void *)((char *)task + offset);
}

static bool find_attribute(const char *name, size_t length, size_t *ret_offset)
{
	for (size_t i = 0; i < COUNT_OF(attribute_rows); i++)
		if (strlen(attribute_rows[i].name) == length && !memcmp(attribute_rows[i].name, name, length)) {
			*ret_offset = attribute_rows[i].offset;
			return true;
		}
	return false;
}

static enum date_attribute attribute_of_task(void *context, const char *name, size_t length, int64_t *ret_seconds)
{
	size_t offset;

	if (!find_attribute(name, length, &offset))
		return DATE_ATTRIBUTE_UNKNOWN;
	*ret_seconds = *time_at(context, offset);
	return *ret_seconds == TASK_NO_TIME ? DATE_ATTRIBUTE_EMPTY : DATE_ATTRIBUTE_TIME;
}

/* Before any task is known: that one is asked for, and some time, so that the rest can be checked. */
struct attribute_probe {
	int64_t now;
	bool was_asked;
};

static enum date_attribute attribute_of_nobody(void *context, const char *name, size_t length, int64_t *ret_seconds)
{
	struct attribute_probe *probe = context;
	size_t offset;

	if (!find_attribute(name, length, &offset))
		return DATE_ATTRIBUTE_UNKNOWN;
	probe->was_asked = true;
	*ret_seconds = probe->now;
	return DATE_ATTRIBUTE_TIME;
}

static enum error parse_date(const struct task_patch *patch, enum task_patch_date date,
	const struct date_attributes *attributes, int64_t *ret_seconds, struct refusal *refusal)
{
	struct date_context context = patch->dates;

	context.edge = date_rows[date].edge;
	context.attributes = attributes;
	return date_parse(patch->date[date].text->text, patch->date[date].text->length, &context, date_rows[date].field,
		ret_seconds, refusal);
}

static enum error read_date(struct task_patch *patch, enum task_patch_date date, struct refusal *refusal)
{
	struct attribute_probe probe = { .now = patch->dates.now };
	const struct date_attributes attributes = { .context = &probe, .find = attribute_of_nobody };
	enum error error;

	patch->date[date].seconds = TASK_NO_TIME;
	if (patch->date[date].text->presence != PARAM_GIVEN)
		return ERROR_NONE;
	error = parse_date(patch, date, &attributes, &patch->date[date].seconds, refusal);
	patch->date[date].is_relative = probe.was_asked;
	return error;
}

static bool has_date(const struct task_patch *patch)
{
	for (enum task_patch_date date = 0; date < TASK_PATCH_DATES; date++)
		if (patch->date[date].text->presence == PARAM_GIVEN)
			return true;
	return false;
}

static enum error read_dates(struct request *request, struct task_patch *patch)
{
	enum error error = ERROR_NONE;

	for (enum task_patch_date date = 0; date < TASK_PATCH_DATES; date++)
		patch->date[date].text = (const void *)((const char *)patch->fields + date_rows[date].param_offset);
	patch->dates = (struct date_context){ .now = request->now, .zone = &zone_utc };
	error = week_start_read(request, &patch->dates.week_start);
	if (!error && (has_date(patch) || patch->fields->custom.count))
		error = zone_set_find(request->services->zones, request->timezone, request->arena, &patch->dates.zone,
			&request->refusal);
	for (enum task_patch_date date = 0; !error && date < TASK_PATCH_DATES; date++)
		error = read_date(patch, date, &request->refusal);
	return error;
}

enum error task_patch_read(struct request *request, const struct task_fields *fields, struct task_patch *ret_patch)
{
	struct refusal *refusal = &request->refusal;
	struct task_patch patch = { .fields = fields };
	enum error error = check_titles(fields, refusal);

	if (!error)
		error = check_text(&fields->note, task_check_note, refusal);
	if (!error)
		error = check_text(&fields->project, task_check_project, refusal);
	if (!error)
		error = check_tag_lists(fields, refusal);
	if (!error && fields->priority.presence == PARAM_GIVEN)
		error = task_parse_priority(fields->priority.text, &patch.priority, refusal);
	if (!error)
		error = read_dates(request, &patch);
	if (!error)
		error = task_patch_custom_read(request, &fields->custom, &patch.dates, &patch.custom);
	if (!error)
		error = task_patch_links_read(request, &fields->links, &patch.links);
	if (!error)
		*ret_patch = patch;
	return error;
}

bool task_patch_is_empty(const struct task_patch *patch)
{
	const struct task_fields *fields = patch->fields;
	const enum presence all[] = { fields->title.presence, fields->append_title.presence,
		fields->prepend_title.presence, fields->note.presence, fields->project.presence, fields->tags.presence,
		fields->add_tags.presence, fields->remove_tags.presence, fields->priority.presence,
		fields->due.presence, fields->wait.presence, fields->scheduled.presence, fields->until.presence };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (all[i] != PARAM_ABSENT)
			return false;
	return task_patch_links_is_empty(&patch->links) && !patch->custom.count;
}

/* --- applying --- */

/* An empty text is none: there is nothing in it to keep. */
static void apply_text(const struct text_param *text, const char **field)
{
	if (text->presence != PARAM_ABSENT)
		*field = text->length ? text->text : NULL;
}

static enum error apply_title(
	const struct task_fields *fields, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct text_param *prepended = &fields->prepend_title;
	const struct text_param *appended = &fields->append_title;

	apply_text(&fields->title, &task->title);
	if (prepended->presence != PARAM_GIVEN && appended->presence != PARAM_GIVEN)
		return ERROR_NONE;
	if (prepended->presence == PARAM_GIVEN)
		task->title = arena_printf(arena, "%s %s", prepended->text, task->title);
	if (appended->presence == PARAM_GIVEN)
		task->title = arena_printf(arena, "%s %s", task->title, appended->text);
	if (strlen(task->title) <= TASK_TITLE_LIMIT)
		return ERROR_NONE;
	return refuse(refusal, ERROR_INVALID_PARAMS,
		appended->presence == PARAM_GIVEN ? "append_title" : "prepend_title",
		"the title of task %" PRId64 " would be longer than %u bytes", task->id, TASK_TITLE_LIMIT);
}

static void apply_times(const struct task_patch *patch, struct task *task)
{
	for (enum task_patch_date date = 0; date < TASK_PATCH_DATES; date++)
		if (patch->date[date].text->presence != PARAM_ABSENT && !patch->date[date].is_relative)
			*time_at(task, date_rows[date].offset) = patch->date[date].seconds;
}

static enum error apply_relative_times(const struct task_patch *patch, struct task *task, struct refusal *refusal)
{
	const struct date_attributes attributes = { .context = task, .find = attribute_of_task };
	enum error error = ERROR_NONE;

	for (enum task_patch_date date = 0; !error && date < TASK_PATCH_DATES; date++)
		if (patch->date[date].is_relative)
			error = parse_date(patch, date, &attributes, time_at(task, date_rows[date].offset), refusal);
	return error;
}

static bool is_listed(const struct text_list_param *list, const char *tag)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->texts[i], tag))
			return true;
	return false;
}

/* The tags that stay, and those that come, unsorted. Gives their number. */
static size_t collect_tags(const struct task_fields *fields, const struct task *task, const char **tags)
{
	const struct text_list_param *coming = &fields->add_tags;
	size_t count = 0;

	if (fields->tags.presence != PARAM_ABSENT)
		coming = &fields->tags;
	else
		for (size_t i = 0; i < task->tag_count; i++)
			if (!is_listed(&fields->remove_tags, task->tags[i]))
				tags[count++] = task->tags[i];
	for (size_t i = 0; i < coming->count; i++)
		tags[count++] = coming->texts[i];
	return count;
}

static enum error apply_tags(
	const struct task_fields *fields, struct task *task, struct arena *arena, struct refusal *refusal)
{
	size_t most = task->tag_count + fields->add_tags.count + fields->tags.count;
	const char **tags;
	size_t count;

	if (fields->tags.presence == PARAM_ABSENT && !fields->add_tags.count && !fields->remove_tags.count)
		return ERROR_NONE;
	tags = arena_array(arena, most, sizeof(*tags));
	count = task_sort_tags(tags, collect_tags(fields, task, tags));
	if (count > TASK_TAGS_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "add_tags",
			"task %" PRId64 " would have more than %u tags", task->id, TASK_TAGS_LIMIT);
	task->tags = tags;
	task->tag_count = count;
	return ERROR_NONE;
}

enum error task_patch_apply(
	const struct task_patch *patch, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct task_fields *fields = patch->fields;
	enum error error = apply_title(fields, task, arena, refusal);

	if (error)
		return error;
	apply_text(&fields->note, &task->note);
	apply_text(&fields->project, &task->project);
	if (fields->priority.presence != PARAM_ABSENT)
		task->priority = patch->priority;
	apply_times(patch, task);
	task_patch_custom_apply(&patch->custom, task, arena);
	error = apply_relative_times(patch, task, refusal);
	if (!error)
		error = apply_tags(fields, task, arena, refusal);
	return error ? error : task_patch_links_apply(&patch->links, task, arena, refusal);
}
