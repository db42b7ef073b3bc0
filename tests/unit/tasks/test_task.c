/* What a task may hold, and the changes of its state. */
#include "common/cleanup.h"
#include "tasks/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795442400)

static struct task pending_task(void)
{
	struct task task = task_empty;

	task.id = 7;
	task.version = 3;
	return task;
}

static enum error check_title(const char *title, struct refusal *refusal)
{
	return task_check_title(title, strlen(title), refusal);
}

static void title_is_one_line_with_something_on_it(void **state)
{
	static const char *const bad[] = { "", "  ", "a\nb", "a\tb", "a\x1b[31m", "a\x7f", "a\xc2\x9b" };
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(check_title(bad[i], &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "title");
	}
	assert_int_equal(check_title("Buy milk, 牛奶, \"now\" (caf\xc3\xa9)", &refusal), ERROR_NONE);
}

static void lengths_are_limited_in_bytes(void **state)
{
	char text[TASK_TITLE_LIMIT + 2];
	struct refusal refusal;

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(task_check_title(text, TASK_TITLE_LIMIT, &refusal), ERROR_NONE);
	assert_int_equal(task_check_title(text, TASK_TITLE_LIMIT + 1, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "1024"));
	assert_int_equal(task_check_project(text, TASK_PROJECT_LIMIT, &refusal), ERROR_NONE);
	assert_int_equal(task_check_project(text, TASK_PROJECT_LIMIT + 1, &refusal), ERROR_INVALID_PARAMS);
	text[TASK_TAG_LIMIT] = '\0';
	assert_int_equal(task_check_tag(text, TASK_TAG_LIMIT, &refusal), ERROR_NONE);
	text[TASK_TAG_LIMIT] = 'x';
	text[TASK_TAG_LIMIT + 1] = '\0';
	assert_int_equal(task_check_tag(text, TASK_TAG_LIMIT + 1, &refusal), ERROR_INVALID_PARAMS);
}

static void note_may_have_lines_and_tabs_only(void **state)
{
	struct refusal refusal;

	(void)state;
	assert_int_equal(task_check_note("- a\n\t- b", 8, &refusal), ERROR_NONE);
	assert_int_equal(task_check_note("", 0, &refusal), ERROR_NONE);
	assert_int_equal(task_check_note("a\rb", 3, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "note");
	assert_int_equal(task_check_note("a\0b", 3, &refusal), ERROR_INVALID_PARAMS);
}

static void project_is_names_joined_by_single_dots(void **state)
{
	static const char *const good[] = { "home", "home.garden", "Home Garden.front", "牛" };
	static const char *const bad[] = { "", ".", ".home", "home.", "a..b", " home", "home ", "a\nb" };
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(task_check_project(good[i], strlen(good[i]), &refusal), ERROR_NONE);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(task_check_project(bad[i], strlen(bad[i]), &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "project");
	}
}

static void tag_is_a_word_that_needs_no_quotes(void **state)
{
	static const char *const good[] = { "shop", "a-b", "c++", "x:y", "牛奶", "5" };
	static const char *const bad[] = { "", "a b", "a,b", "a'b", "\"", "(a", "a)", "a\\b", "+a", "-a", "a\x01" };
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(task_check_tag(good[i], strlen(good[i]), &refusal), ERROR_NONE);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(task_check_tag(bad[i], strlen(bad[i]), &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "tags");
	}
}

/* By +DUE a filter finds what is due: a task could only be told to have such a tag by tags:DUE. */
static void a_new_tag_is_not_called_like_a_virtual_one(void **state)
{
	static const char *const good[] = { "due", "Due", "BLOCK", "BLOCKEDX", "URGENT" };
	struct refusal refusal;
	const char *name;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(task_check_new_tag(good[i], strlen(good[i]), &refusal), ERROR_NONE);
	for (size_t i = 0; (name = filter_virtual_tag_name(i)); i++) {
		assert_int_equal(task_check_tag(name, strlen(name), &refusal), ERROR_NONE);
		assert_int_equal(task_check_new_tag(name, strlen(name), &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "tags");
	}
	(void)task_check_new_tag("DUE", 3, &refusal);
	assert_string_equal(refusal.message, "no task is given the tag DUE: in a filter, +DUE asks for something else; "
					     "choose another name, or the same in small letters");
	assert_int_equal(task_check_new_tag("a b", 3, &refusal), ERROR_INVALID_PARAMS);
}

static void names_of_status_and_priority_are_read_back(void **state)
{
	enum task_status status;
	enum task_priority priority;
	struct refusal refusal;

	(void)state;
	for (int i = TASK_PENDING; i <= TASK_RECURRING; i++) {
		assert_int_equal(task_parse_status(task_status_names[i], &status, &refusal), ERROR_NONE);
		assert_int_equal(status, i);
	}
	for (int i = TASK_PRIORITY_LOW; i <= TASK_PRIORITY_HIGH; i++) {
		assert_int_equal(task_parse_priority(task_priority_names[i], &priority, &refusal), ERROR_NONE);
		assert_int_equal(priority, i);
	}
	assert_int_equal(task_parse_status("done", &status, &refusal), ERROR_INVALID_PARAMS);
	assert_int_equal(task_parse_priority("", &priority, &refusal), ERROR_INVALID_PARAMS);
	assert_int_equal(task_parse_priority("h", &priority, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "priority");
}

static void tags_are_sorted_once_each(void **state)
{
	const char *tags[] = { "work", "home", "work", "a", "home" };
	struct task task = { .tags = tags };

	(void)state;
	task.tag_count = task_sort_tags(tags, COUNT_OF(tags));
	assert_int_equal(task.tag_count, 3);
	assert_string_equal(tags[0], "a");
	assert_string_equal(tags[1], "home");
	assert_string_equal(tags[2], "work");
	assert_true(task_has_tag(&task, "home"));
	assert_false(task_has_tag(&task, "hom"));
	assert_false(task_has_tag(&task_empty, "home"));
	assert_int_equal(task_sort_tags(NULL, 0), 0);
}

static void waiting_is_pending_with_its_wait_ahead(void **state)
{
	struct task task = pending_task();

	(void)state;
	assert_false(task_is_waiting(&task, NOW));
	task.wait = NOW + 1;
	assert_true(task_is_waiting(&task, NOW));
	assert_false(task_is_waiting(&task, NOW + 1));
	task.status = TASK_COMPLETED;
	assert_false(task_is_waiting(&task, NOW));
}

static void start_and_stop_follow_each_other(void **state)
{
	struct task task = pending_task();
	struct refusal refusal;

	(void)state;
	assert_int_equal(task_stop(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_string_equal(refusal.message, "task 7 is not started");
	assert_int_equal(task_start(&task, NOW, &refusal), ERROR_NONE);
	assert_int_equal(task.started, NOW);
	assert_int_equal(task.modified, NOW);
	assert_int_equal(task.version, 4);
	assert_int_equal(task_start(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_int_equal(task.version, 4);
	assert_int_equal(task_stop(&task, NOW + 9, &refusal), ERROR_NONE);
	assert_false(task_is_started(&task));
	assert_int_equal(task.version, 5);
}

static void completing_stops_and_happens_once(void **state)
{
	struct task task = pending_task();
	struct refusal refusal;

	(void)state;
	assert_int_equal(task_start(&task, NOW, &refusal), ERROR_NONE);
	assert_int_equal(task_complete(&task, NOW + 5, &refusal), ERROR_NONE);
	assert_int_equal(task.status, TASK_COMPLETED);
	assert_int_equal(task.completed, NOW + 5);
	assert_false(task_is_started(&task));
	assert_int_equal(task_complete(&task, NOW + 6, &refusal), ERROR_CONFLICT);
	assert_string_equal(refusal.field, "id");
	assert_string_equal(refusal.message, "task 7 is completed");
	assert_int_equal(task_start(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_int_equal(task_stop(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_int_equal(task.completed, NOW + 5);
}

static void deleting_takes_anything_but_deleted(void **state)
{
	struct task task = pending_task();
	struct refusal refusal;

	(void)state;
	task.status = TASK_RECURRING;
	task.started = NOW;
	assert_int_equal(task_delete(&task, NOW, &refusal), ERROR_NONE);
	assert_int_equal(task.status, TASK_DELETED);
	assert_int_equal(task.deleted, NOW);
	assert_false(task_is_started(&task));
	assert_int_equal(task_delete(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_int_equal(task_complete(&task, NOW, &refusal), ERROR_CONFLICT);
}

static void restoring_gives_back_a_pending_task(void **state)
{
	struct task task = pending_task();
	struct refusal refusal;

	(void)state;
	assert_int_equal(task_restore(&task, NOW, &refusal), ERROR_CONFLICT);
	assert_int_equal(task_complete(&task, NOW, &refusal), ERROR_NONE);
	assert_int_equal(task_delete(&task, NOW, &refusal), ERROR_NONE);
	assert_int_equal(task_restore(&task, NOW + 1, &refusal), ERROR_NONE);
	assert_int_equal(task.status, TASK_PENDING);
	assert_int_equal(task.completed, TASK_NO_TIME);
	assert_int_equal(task.deleted, TASK_NO_TIME);
	assert_int_equal(task.version, 6);
}

static void copy_outlives_its_origin(void **state)
{
	char title[] = "milk";
	char tag[] = "shop";
	const char *tags[] = { tag };
	struct task task = pending_task();
	struct task copy;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	task.title = title;
	task.tags = tags;
	task.tag_count = 1;
	task_copy(&task, &arena, &copy);
	title[0] = tag[0] = 'X';
	tags[0] = NULL;
	assert_string_equal(copy.title, "milk");
	assert_string_equal(copy.tags[0], "shop");
	assert_null(copy.project);
	assert_int_equal(copy.id, 7);
	arena_deinit(&arena);
}

static void task_is_named_by_number_or_uuid(void **state)
{
	static const struct {
		const char *text;
		int64_t id;
		const char *uuid;
	} good[] = {
		{ "1", 1, "" },
		{ "9007199254740991", INT64_C(9007199254740991), "" },
		{ "1234567", 1234567, "" },
		{ "12345678", 12345678, "12345678" }, /* either */
		{ "00000012", 0, "00000012" },
		{ "6F1CDEAD", 0, "6f1cdead" },
		{ "6f1cdead-", 0, "6f1cdead-" },
		{ "6f1cdead-0f0f-4abc-8abc-0123456789ab", 0, "6f1cdead-0f0f-4abc-8abc-0123456789ab" },
	};
	static const char *const bad[] = { "", "0", "-1", "+1", " 1", "1 ", "007", "abc", "6f1cdea", "6f1cdeadb",
		"6f1cdead-0f0f-4abc-8abc-0123456789abc", "6f1cdead_0f0f", "9007199254740992", "99999999999999999999",
		"1.5", "g1111111" };
	struct task_ref ref;
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_int_equal(task_ref_parse(good[i].text, strlen(good[i].text), &ref, &refusal), ERROR_NONE);
		assert_int_equal(ref.id, good[i].id);
		assert_string_equal(ref.uuid, good[i].uuid);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(task_ref_parse(bad[i], strlen(bad[i]), &ref, &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "id");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_is_one_line_with_something_on_it),
		cmocka_unit_test(lengths_are_limited_in_bytes),
		cmocka_unit_test(note_may_have_lines_and_tabs_only),
		cmocka_unit_test(project_is_names_joined_by_single_dots),
		cmocka_unit_test(tag_is_a_word_that_needs_no_quotes),
		cmocka_unit_test(a_new_tag_is_not_called_like_a_virtual_one),
		cmocka_unit_test(names_of_status_and_priority_are_read_back),
		cmocka_unit_test(tags_are_sorted_once_each),
		cmocka_unit_test(waiting_is_pending_with_its_wait_ahead),
		cmocka_unit_test(start_and_stop_follow_each_other),
		cmocka_unit_test(completing_stops_and_happens_once),
		cmocka_unit_test(deleting_takes_anything_but_deleted),
		cmocka_unit_test(restoring_gives_back_a_pending_task),
		cmocka_unit_test(copy_outlives_its_origin),
		cmocka_unit_test(task_is_named_by_number_or_uuid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
