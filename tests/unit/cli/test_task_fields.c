/* The fields of a task: which there are, how they read as text, and how they are picked. */
#include "testing.h"

#include "cli/task_fields.h"

#define REPLACEMENT "\xEF\xBF\xBD"

static enum error check(const char *name, struct trouble *trouble)
{
	return task_field_check(name, strlen(name), trouble);
}

static void every_field_of_the_table_is_known(void **state)
{
	(void)state;
	assert_non_null(task_field_names[0]);
	for (const char *const *name = task_field_names; *name; name++)
		assert_int_equal(check(*name, NULL), ERROR_NONE);
}

static void no_field_stands_twice_in_the_table(void **state)
{
	(void)state;
	for (const char *const *name = task_field_names; *name; name++)
		for (const char *const *other = name + 1; *other; other++)
			assert_string_not_equal(*name, *other);
}

static void the_name_ends_with_its_length(void **state)
{
	(void)state;
	assert_int_equal(task_field_check("id,title", 2, NULL), ERROR_NONE);
	assert_int_equal(task_field_check("title", 3, NULL), ERROR_INVALID_PARAMS);
}

static void an_unknown_field_is_refused_with_the_nearest(void **state)
{
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(check("titel", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "did you mean `title`");
	assert_int_equal(check("Status", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "did you mean `status`");
	assert_int_equal(check("colour", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "no field `colour`");
	assert_null(strstr(trouble.refusal.message, "did you mean"));
	expect_words(trouble.advice, "taskctl help list");
}

static const struct {
	const char *list;
	const char *fault; /* NULL: none */
} lists[] = {
	{ "id", NULL },
	{ "title,id", NULL },
	{ "id,id", NULL },
	{ "", "no field ``" },
	{ ",", "no field ``" },
	{ "id,", "no field ``" },
	{ ",id", "no field ``" },
	{ "id,,title", "no field ``" },
	{ "id, title", "no field ` title`" },
	{ "id,titel,foo", "no field `titel`" },
};

static void a_list_is_of_known_names_and_commas(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct trouble trouble = { .exit_status = 0 };

		if (!lists[i].fault) {
			assert_int_equal(task_fields_check(lists[i].list, &trouble), ERROR_NONE);
			continue;
		}
		assert_int_equal(task_fields_check(lists[i].list, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, lists[i].fault);
	}
}

static const struct {
	const char *name;
	const char *json;
	const char *text;
} texts[] = {
	{ "id", "3", "3" },
	{ "version", "9007199254740991", "9007199254740991" },
	{ "waiting", "true", "yes" },
	{ "waiting", "false", "no" },
	{ "title", "\"Buy milk\"", "Buy milk" },
	{ "title", "\"a\\nb\\tc\"", "a" REPLACEMENT "b" REPLACEMENT "c" },
	{ "title", "\"a\\u001b[2Jb\\u0000c\"", "a" REPLACEMENT "[2Jb" REPLACEMENT "c" },
	{ "title", "\"\\u202Elive\"", REPLACEMENT "live" },
	{ "note", "\"a\\nb\\tc\\r\"", "a\nb\tc" REPLACEMENT },
	{ "tags", "[]", "" },
	{ "tags", "[\"shop\"]", "shop" },
	{ "tags", "[\"shop\",\"fo\\nod\"]", "shop,fo" REPLACEMENT "od" },
	{ "due", "null", "" },
	{ "due", "{}", "" },
	{ "depends", "[1,20]", "1,20" },
	{ "urgency", "8.912", "8.912" },
	{ "urgency", "0.0001", "0.0001" },
	{ "urgency", "123456789.25", "123456789.25" },
	{ "urgency", "8.9", "8.9" },
	{ "urgency", "12.0", "12" },
	{ "urgency", "-0.5", "-0.5" },
	{ "children", "{\"total\":3,\"open\":2}", "1/3" },
	{ "annotations", "[{\"at\":\"x\",\"text\":\"a\\nb\"},{\"text\":\"c\"}]", "a" REPLACEMENT "b; c" },
	{ "fields", "{\"cost\":12.5,\"size\":\"L\"}", "cost=12.5,size=L" },
};

static void a_value_reads_as_clean_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		json_auto_t *task = json_object();
		struct buffer out;

		buffer_init(&out);
		(void)json_object_set_new(
			task, texts[i].name, json_loads(texts[i].json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
		assert_int_equal(json_object_size(task), 1);
		task_field_append(&out, task, texts[i].name);
		expect_content(&out, texts[i].text);
		buffer_deinit(&out);
	}
}

static void a_missing_value_reads_as_nothing(void **state)
{
	json_auto_t *task = json_object();
	struct buffer out;

	(void)state;
	buffer_init(&out);
	task_field_append(&out, task, "title");
	expect_content(&out, "");
	buffer_deinit(&out);
}

static void picked_fields_come_in_the_order_of_the_list(void **state)
{
	json_auto_t *task = json_pack("{s:i, s:s, s:[s]}", "id", 3, "title", "Buy milk", "tags", "shop");
	json_auto_t *picked = task_fields_pick(task, "title,due,id");
	json_auto_t *single = task_fields_pick(task, "tags");
	AUTO_FREE char *text = json_dumps(picked, JSON_COMPACT);

	(void)state;
	assert_string_equal(text, "{\"title\":\"Buy milk\",\"due\":null,\"id\":3}");
	expect_json(single, "{\"tags\":[\"shop\"]}");
	assert_int_equal(json_object_size(task), 3);
}

static void a_custom_field_is_named_behind_a_dot(void **state)
{
	json_auto_t *task = json_pack("{s:i, s:{s:s}}", "id", 3, "fields", "size", "L");
	json_auto_t *picked = task_fields_pick(task, "fields.size,fields.cost");
	struct buffer out;

	(void)state;
	expect_json(picked, "{\"fields.cost\":null,\"fields.size\":\"L\"}");
	assert_int_equal(check("fields.size", NULL), ERROR_NONE);
	assert_int_equal(check("fields.", NULL), ERROR_INVALID_PARAMS);
	buffer_init(&out);
	task_field_append(&out, task, "fields.size");
	expect_content(&out, "L");
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_of_the_table_is_known),
		cmocka_unit_test(no_field_stands_twice_in_the_table),
		cmocka_unit_test(the_name_ends_with_its_length),
		cmocka_unit_test(an_unknown_field_is_refused_with_the_nearest),
		cmocka_unit_test(a_list_is_of_known_names_and_commas),
		cmocka_unit_test(a_value_reads_as_clean_text),
		cmocka_unit_test(a_missing_value_reads_as_nothing),
		cmocka_unit_test(picked_fields_come_in_the_order_of_the_list),
		cmocka_unit_test(a_custom_field_is_named_behind_a_dot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
