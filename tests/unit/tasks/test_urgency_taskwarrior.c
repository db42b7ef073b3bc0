/* Where Taskwarrior is installed, tasks are as urgent there as here. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/urgency.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define TASKS 300
#define DAY   INT64_C(86400)
#define SEED  20261124u
#define PEER                                                                                                           \
	"TZ=UTC TASKRC=/dev/null TASKDATA=%s task rc.verbose=nothing rc.gc=off rc.confirmation=no "                    \
	"rc.uda.size.type=string rc.urgency.user.project.home.coefficient=2.5 "                                        \
	"rc.urgency.user.tag.shop.coefficient=-1.25 rc.urgency.uda.size.coefficient=0.5 "                              \
	"rc.urgency.uda.size.big.coefficient=7 rc.urgency.age.coefficient=3 "

static const struct urgency_coefficient own[] = {
	{ "user.project.home", 2500000 },
	{ "user.tag.shop", -1250000 },
	{ "user.field.size", 500000 },
	{ "user.field.size.big", 7000000 },
	{ "age", 3000000 },
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void need_peer(void)
{
	char answer[16] = "";
	FILE *pipe = popen("task --version 2>/dev/null", "re"); /* NOLINT(cert-env33-c): a test */

	assert_non_null(pipe);
	if (!fgets(answer, sizeof(answer), pipe))
		answer[0] = '\0';
	(void)pclose(pipe);
	if (strncmp(answer, "2.6.", 4) == 0)
		return;
	print_message("taskwarrior 2.6 is not here: nothing to compare with\n");
	skip();
}

/*
 * Whole days old, as age is counted there; away from the steps, which may come while it runs. Annotations of 1970 make
 * Taskwarrior crash.
 */
static void fill_task(struct task *task, unsigned *seed, int64_t now)
{
	static const char *tags[] = { "a", "b", "next", "shop" };
	static const char *const projects[] = { NULL, "home", "home.garden", "homework" };
	static const struct task_annotation annotations[] = { { 20000 * DAY, "a" }, { 20001 * DAY, "b" },
		{ 20002 * DAY, "c" }, { 20003 * DAY, "d" } };
	static const struct task_value sizes[] = { { "size", "big" }, { "size", "small" } };
	size_t first_tag = next_random(seed) % COUNT_OF(tags);

	*task = task_empty;
	task->title = "x";
	task->created = now - (int64_t)(next_random(seed) % 500) * DAY;
	task->project = projects[next_random(seed) % COUNT_OF(projects)];
	task->priority = next_random(seed) % 4;
	task->tags = tags + first_tag;
	task->tag_count = next_random(seed) % (COUNT_OF(tags) - first_tag + 1);
	task->annotations = annotations;
	task->annotation_count = next_random(seed) % 5;
	task->custom = &sizes[next_random(seed) % 2];
	task->custom_count = next_random(seed) % 2;
	if (next_random(seed) % 3)
		task->due = now + (int64_t)(next_random(seed) % 720) * 3600 - 14 * DAY + 1800;
	if (next_random(seed) % 3 == 0)
		task->scheduled = now + (int64_t)(next_random(seed) % 9) * DAY - 4 * DAY + 1800;
	if (next_random(seed) % 3 == 0)
		task->wait = now + (int64_t)(next_random(seed) % 9) * DAY - 4 * DAY + 1800;
	if (next_random(seed) % 3 == 0)
		task->started = now - DAY;
}

/* Some depend on the one before. */
static void fill_tasks(struct task *tasks, int64_t now)
{
	unsigned seed = SEED;

	for (size_t i = 0; i < TASKS; i++)
		fill_task(&tasks[i], &seed, now);
	for (size_t i = 1; i < TASKS; i++) {
		tasks[i].blockers = next_random(&seed) % 4 == 0;
		tasks[i - 1].dependents = tasks[i].blockers;
	}
}

/* --- over there --- */

static json_t *uuid_of(size_t i)
{
	return json_sprintf("00000000-0000-4000-8000-%012zu", i);
}

static void set_time(json_t *object, const char *key, int64_t seconds)
{
	char text[TEXT_TIME_SIZE];

	if (seconds == TASK_NO_TIME)
		return;
	text_format_time(seconds, text);
	(void)json_object_set_new(object, key, json_string(text));
}

static void set_lists(json_t *object, const struct task *task)
{
	json_t *tags = json_array();
	json_t *annotations = json_array();

	for (size_t i = 0; i < task->tag_count; i++)
		(void)json_array_append_new(tags, json_string(task->tags[i]));
	for (size_t i = 0; i < task->annotation_count; i++) {
		json_t *annotation = json_pack("{s:s}", "description", task->annotations[i].text);

		set_time(annotation, "entry", task->annotations[i].at);
		(void)json_array_append_new(annotations, annotation);
	}
	(void)json_object_set_new(object, "tags", tags);
	(void)json_object_set_new(object, "annotations", annotations);
}

static json_t *describe(const struct task *task, size_t i)
{
	json_t *object = json_pack("{s:o,s:s,s:s}", "uuid", uuid_of(i), "description", task->title, "status",
		task_is_waiting(task, (int64_t)time(NULL)) ? "waiting" : "pending");

	set_time(object, "entry", task->created);
	set_time(object, "due", task->due);
	set_time(object, "scheduled", task->scheduled);
	set_time(object, "wait", task->wait);
	set_time(object, "start", task->started);
	set_lists(object, task);
	if (task->project)
		(void)json_object_set_new(object, "project", json_string(task->project));
	if (task->priority != TASK_PRIORITY_NONE)
		(void)json_object_set_new(object, "priority", json_string(task_priority_names[task->priority]));
	if (task->custom_count)
		(void)json_object_set_new(object, "size", json_string(task->custom->value));
	if (task->blockers)
		(void)json_object_set_new(object, "depends", json_pack("[o]", uuid_of(i - 1)));
	return object;
}

static void import_tasks(const struct task *tasks, const char *folder)
{
	char command[1024], path[96];
	json_t *all = json_array();

	for (size_t i = 0; i < TASKS; i++)
		(void)json_array_append_new(all, describe(&tasks[i], i));
	(void)snprintf(path, sizeof(path), "%s/tasks.json", folder);
	assert_int_equal(json_dump_file(all, path, JSON_COMPACT), 0);
	json_decref(all);
	(void)snprintf(command, sizeof(command), PEER "import %s >/dev/null 2>&1", folder, path);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
}

static json_t *export_tasks(const char *folder)
{
	char command[1024];
	json_t *all;
	FILE *pipe;

	(void)snprintf(command, sizeof(command), PEER "export 2>/dev/null", folder);
	pipe = popen(command, "re"); /* NOLINT(cert-env33-c) */
	assert_non_null(pipe);
	all = json_loadf(pipe, 0, NULL);
	assert_int_equal(pclose(pipe), 0);
	assert_int_equal(json_array_size(all), TASKS);
	return all;
}

/* --- both --- */

static void compare(const struct task *tasks, const json_t *theirs, const struct urgency_coefficients *coefficients)
{
	int64_t now = (int64_t)time(NULL);
	const json_t *object;
	size_t at;

	json_array_foreach (theirs, at, object) {
		const char *uuid = json_string_value(json_object_get(object, "uuid"));
		size_t i = strtoul(uuid + strlen("00000000-0000-4000-8000-"), NULL, 10);
		double urgency = urgency_of(&tasks[i], coefficients, now);
		double other = json_number_value(json_object_get(object, "urgency"));

		/* Six digits are written there, and some seconds pass. */
		if (fabs(urgency - other) > 0.001)
			fail_msg("task %zu: %.6f here, %.6f there: %s", i, urgency, other, json_dumps(object, 0));
	}
}

static void tasks_are_as_urgent_there(void **state)
{
	char folder[] = "/tmp/urgency-XXXXXX";
	static struct task tasks[TASKS];
	struct urgency_coefficients coefficients;
	struct arena arena;
	char command[64];
	json_t *theirs;

	(void)state;
	need_peer();
	arena_init(&arena);
	urgency_coefficients_make(own, COUNT_OF(own), &arena, &coefficients);
	fill_tasks(tasks, (int64_t)time(NULL));
	assert_non_null(mkdtemp(folder));
	import_tasks(tasks, folder);
	theirs = export_tasks(folder);
	compare(tasks, theirs, &coefficients);
	json_decref(theirs);
	(void)snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks_are_as_urgent_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
