/* A task and the rules that need nothing but the task itself. */
#include "tasks/task.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/filter.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#define UUID_PREFIX_MINIMUM 8u
#define ID_LIMIT            INT64_C(9007199254740991) /* 2^53 - 1: what JSON readers keep exact (RFC 7493 §2.2) */

const char *const task_status_names[] = { [TASK_PENDING] = "pending",
	[TASK_COMPLETED] = "completed",
	[TASK_DELETED] = "deleted",
	[TASK_RECURRING] = "recurring",
	NULL };

const char *const task_priority_names[] = { [TASK_PRIORITY_NONE] = "",
	[TASK_PRIORITY_LOW] = "L",
	[TASK_PRIORITY_MEDIUM] = "M",
	[TASK_PRIORITY_HIGH] = "H",
	NULL };

const struct task task_empty = {
	.due = TASK_NO_TIME,
	.wait = TASK_NO_TIME,
	.scheduled = TASK_NO_TIME,
	.until = TASK_NO_TIME,
	.started = TASK_NO_TIME,
	.completed = TASK_NO_TIME,
	.deleted = TASK_NO_TIME,
	.occurrence = TASK_NO_TIME,
	.recur_count = TASK_NO_TIME,
	.recur_next = TASK_NO_TIME,
	.urgency_change = TASK_NO_TIME,
};

static const char *copy_text(const char *text, struct arena *arena)
{
	return text ? arena_strdup(arena, text) : NULL;
}

static const char **copy_tags(const struct task *task, struct arena *arena)
{
	const char **tags = arena_array(arena, task->tag_count, sizeof(*tags));

	for (size_t i = 0; i < task->tag_count; i++)
		tags[i] = arena_strdup(arena, task->tags[i]);
	return tags;
}

static const struct task_annotation *copy_annotations(const struct task *task, struct arena *arena)
{
	struct task_annotation *annotations = arena_array(arena, task->annotation_count, sizeof(*annotations));

	for (size_t i = 0; i < task->annotation_count; i++)
		annotations[i] = (struct task_annotation){ task->annotations[i].at,
			arena_strdup(arena, task->annotations[i].text) };
	return annotations;
}

static const struct task_value *copy_custom(const struct task *task, struct arena *arena)
{
	struct task_value *custom = arena_array(arena, task->custom_count, sizeof(*custom));

	for (size_t i = 0; i < task->custom_count; i++)
		custom[i] = (struct task_value){ arena_strdup(arena, task->custom[i].name),
			arena_strdup(arena, task->custom[i].value) };
	return custom;
}

static const int64_t *copy_depends(const struct task *task, struct arena *arena)
{
	int64_t *depends = arena_array(arena, task->depend_count, sizeof(*depends));

	if (task->depend_count)
		memcpy(depends, task->depends, task->depend_count * sizeof(*depends));
	return depends;
}

void task_copy(const struct task *task, struct arena *arena, struct task *ret_copy)
{
	*ret_copy = *task;
	ret_copy->title = copy_text(task->title, arena);
	ret_copy->note = copy_text(task->note, arena);
	ret_copy->project = copy_text(task->project, arena);
	ret_copy->recur = copy_text(task->recur, arena);
	ret_copy->recur_from = copy_text(task->recur_from, arena);
	ret_copy->recur_zone = copy_text(task->recur_zone, arena);
	ret_copy->tags = copy_tags(task, arena);
	ret_copy->depends = copy_depends(task, arena);
	ret_copy->annotations = copy_annotations(task, arena);
	ret_copy->custom = copy_custom(task, arena);
}

bool task_is_waiting(const struct task *task, int64_t now)
{
	return task->status == TASK_PENDING && task->wait != TASK_NO_TIME && task->wait > now;
}

bool task_is_started(const struct task *task)
{
	return task->started != TASK_NO_TIME;
}

bool task_is_blocked(const struct task *task)
{
	return task->status == TASK_PENDING && task->blockers > 0;
}

bool task_is_blocking(const struct task *task)
{
	return task->status == TASK_PENDING && task->dependents > 0;
}

/* --- what a field may hold --- */

static enum error check_length(const char *field, size_t length, size_t limit, struct refusal *refusal)
{
	if (length <= limit)
		return ERROR_NONE;
	return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s is longer than %zu bytes", field, limit);
}

enum error task_check_title(const char *title, size_t length, struct refusal *refusal)
{
	if (text_is_blank(title, length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "title", "title must not be empty");
	if (text_has_control(title, length, ""))
		return refuse(refusal, ERROR_INVALID_PARAMS, "title",
			"title must be one line without control characters; a note may have several lines");
	return check_length("title", length, TASK_TITLE_LIMIT, refusal);
}

enum error task_check_note(const char *note, size_t length, struct refusal *refusal)
{
	if (text_has_control(note, length, "\t\n"))
		return refuse(refusal, ERROR_INVALID_PARAMS, "note",
			"note must not hold control characters other than tab and line feed");
	return check_length("note", length, TASK_NOTE_LIMIT, refusal);
}

/* Dots separate names, so none may stand at an end or beside another. */
static bool has_empty_part(const char *project, size_t length)
{
	bool is_at_start = true;

	for (size_t i = 0; i < length; i++) {
		if (project[i] == '.' && is_at_start)
			return true;
		is_at_start = project[i] == '.';
	}
	return is_at_start;
}

enum error task_check_project(const char *project, size_t length, struct refusal *refusal)
{
	if (!length)
		return refuse(refusal, ERROR_INVALID_PARAMS, "project", "project must not be empty");
	if (text_has_control(project, length, ""))
		return refuse(refusal, ERROR_INVALID_PARAMS, "project", "project must not hold control characters");
	if (project[0] == ' ' || project[length - 1] == ' ')
		return refuse(refusal, ERROR_INVALID_PARAMS, "project", "project must not start or end with a space");
	if (has_empty_part(project, length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "project",
			"project must be names joined by single dots, as in home.garden");
	return check_length("project", length, TASK_PROJECT_LIMIT, refusal);
}

enum error task_check_tag(const char *tag, size_t length, struct refusal *refusal)
{
	if (!length)
		return refuse(refusal, ERROR_INVALID_PARAMS, "tags", "a tag must not be empty");
	if (text_has_control(tag, length, "") || strcspn(tag, " ,\"'\\()") < length)
		return refuse(refusal, ERROR_INVALID_PARAMS, "tags",
			"a tag must be one word without spaces, commas, quotes, backslashes or parentheses");
	if (tag[0] == '+' || tag[0] == '-')
		return refuse(refusal, ERROR_INVALID_PARAMS, "tags", "a tag must not start with + or -");
	if (length > TASK_TAG_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "tags", "a tag is longer than %u bytes", TASK_TAG_LIMIT);
	return ERROR_NONE;
}

enum error task_check_new_tag(const char *tag, size_t length, struct refusal *refusal)
{
	enum error error = task_check_tag(tag, length, refusal);

	if (error || !filter_is_virtual_tag(tag, length))
		return error;
	return refuse(refusal, ERROR_INVALID_PARAMS, "tags",
		"no task is given the tag %.*s: in a filter, +%.*s asks for something else; choose another name, or "
		"the same in small letters",
		(int)length, tag, (int)length, tag);
}

/* The index of a name in a NULL-terminated list; -1 when it is not there. */
static int find_name(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

enum error task_parse_status(const char *text, enum task_status *ret_status, struct refusal *refusal)
{
	int index = find_name(task_status_names, text);

	if (index < 0)
		return refuse(refusal, ERROR_INVALID_PARAMS, "status",
			"status must be pending, completed, deleted or recurring");
	*ret_status = (enum task_status)index;
	return ERROR_NONE;
}

enum error task_parse_priority(const char *text, enum task_priority *ret_priority, struct refusal *refusal)
{
	int index = find_name(task_priority_names, text);

	if (index <= TASK_PRIORITY_NONE)
		return refuse(refusal, ERROR_INVALID_PARAMS, "priority", "priority must be H, M or L");
	*ret_priority = (enum task_priority)index;
	return ERROR_NONE;
}

/* --- tags --- */

static int compare_tags(const void *left, const void *right)
{
	const char *const *a = left;
	const char *const *b = right;

	return strcmp(*a, *b);
}

size_t task_sort_tags(const char **tags, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(tags, count, sizeof(*tags), compare_tags);
	for (size_t i = 0; i < count; i++)
		if (!kept || strcmp(tags[i], tags[kept - 1]) != 0)
			tags[kept++] = tags[i];
	return kept;
}

bool task_has_tag(const struct task *task, const char *tag)
{
	return task->tag_count && bsearch(&tag, task->tags, task->tag_count, sizeof(*task->tags), compare_tags);
}

/* --- changes of state --- */

/* What was worked since the start; a clock that was set back has taken none of it away. */
static void end_work(struct task *task, int64_t now)
{
	if (task_is_started(task) && now > task->started)
		task->spent += now - task->started;
	task->started = TASK_NO_TIME;
}

static enum error refuse_state(const struct task *task, const char *reason, struct refusal *refusal)
{
	return refuse(refusal, ERROR_CONFLICT, "id", "task %" PRId64 " is %s", task->id, reason);
}

static enum error check_pending(const struct task *task, struct refusal *refusal)
{
	return task->status == TASK_PENDING ? ERROR_NONE : refuse_state(task, task_status_names[task->status], refusal);
}

void task_touch(struct task *task, int64_t now)
{
	task->modified = now;
	task->version++;
}

enum error task_start(struct task *task, int64_t now, struct refusal *refusal)
{
	enum error error = check_pending(task, refusal);

	if (error)
		return error;
	if (task_is_started(task))
		return refuse_state(task, "started already", refusal);
	task->started = now;
	task_touch(task, now);
	return ERROR_NONE;
}

enum error task_stop(struct task *task, int64_t now, struct refusal *refusal)
{
	enum error error = check_pending(task, refusal);

	if (error)
		return error;
	if (!task_is_started(task))
		return refuse_state(task, "not started", refusal);
	end_work(task, now);
	task_touch(task, now);
	return ERROR_NONE;
}

enum error task_complete(struct task *task, int64_t now, struct refusal *refusal)
{
	enum error error = check_pending(task, refusal);

	if (error)
		return error;
	task->status = TASK_COMPLETED;
	task->completed = now;
	end_work(task, now);
	task_touch(task, now);
	return ERROR_NONE;
}

enum error task_delete(struct task *task, int64_t now, struct refusal *refusal)
{
	if (task->status == TASK_DELETED)
		return refuse_state(task, "deleted already", refusal);
	task->status = TASK_DELETED;
	task->deleted = now;
	end_work(task, now);
	task_touch(task, now);
	return ERROR_NONE;
}

enum error task_restore(struct task *task, int64_t now, struct refusal *refusal)
{
	if (task->status != TASK_DELETED && task->status != TASK_COMPLETED)
		return refuse_state(task, task_status_names[task->status], refusal);
	task->status = task->recur ? TASK_RECURRING : TASK_PENDING;
	task->completed = TASK_NO_TIME;
	task->deleted = TASK_NO_TIME;
	task_touch(task, now);
	return ERROR_NONE;
}

/* --- naming a task --- */

/* A small id: digits that do not start with 0. */
static int64_t read_id(const char *text, size_t length)
{
	int64_t id = 0;

	if (!length || text[0] == '0')
		return 0;
	for (size_t i = 0; i < length; i++) {
		if (!isdigit((unsigned char)text[i]) || id > ID_LIMIT / 10)
			return 0;
		id = id * 10 + (text[i] - '0');
	}
	return id <= ID_LIMIT ? id : 0;
}

static bool is_uuid_dash(size_t index)
{
	return index == 8 || index == 13 || index == 18 || index == 23;
}

static bool is_uuid_prefix(const char *text, size_t length)
{
	if (length < UUID_PREFIX_MINIMUM || length > TASK_UUID_LENGTH)
		return false;
	for (size_t i = 0; i < length; i++)
		if (is_uuid_dash(i) ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	return true;
}

enum error task_ref_parse(const char *text, size_t length, struct task_ref *ret_ref, struct refusal *refusal)
{
	struct task_ref ref = { .id = read_id(text, length) };
	bool is_uuid = is_uuid_prefix(text, length);

	if (!ref.id && !is_uuid)
		return refuse(refusal, ERROR_INVALID_PARAMS, "id",
			"a task is named by its number or by at least %u hex digits of its uuid", UUID_PREFIX_MINIMUM);
	for (size_t i = 0; is_uuid && i < length; i++)
		ref.uuid[i] = (char)tolower((unsigned char)text[i]);
	*ret_ref = ref;
	return ERROR_NONE;
}
