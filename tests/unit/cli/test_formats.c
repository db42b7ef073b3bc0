/* Other programs' formats: what each line becomes, and what is no task. */
#include "common/cleanup.h"
#include "formats/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct sample {
	const char *text;
	const char *lines; /* sorted by member, uuids left out */
};

/* The lines as one text, with sorted members and without uuids, which are random. */
static char *normalize(const struct format_input *input)
{
	const char *at = input->lines.data;
	const char *end = at + input->lines.length;
	struct buffer text;
	char *normalized;

	buffer_init(&text);
	while (at < end) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		json_t *task = json_loadb(at, (size_t)(feed - at), 0, NULL);
		AUTO_FREE char *line = NULL;

		(void)json_object_del(task, "uuid");
		if (json_object_get(task, "parent"))
			(void)json_object_set_new(task, "parent", json_string("?"));
		line = task ? json_dumps(task, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
		buffer_printf(&text, "%s\n", line ? line : "");
		json_decref(task);
		at = feed + 1;
	}
	normalized = strdup(buffer_text(&text));
	buffer_deinit(&text);
	return normalized;
}

static void check(
	void (*read)(const char *text, size_t length, struct format_input *input), const struct sample *sample)
{
	struct format_input input;
	char *found;

	format_input_init(&input);
	read(sample->text, strlen(sample->text), &input);
	found = normalize(&input);
	assert_string_equal(found, sample->lines);
	assert_int_equal(json_array_size(input.mistakes), 0);
	free(found);
	format_input_deinit(&input);
}

static void check_mistake(
	void (*read)(const char *text, size_t length, struct format_input *input), const char *text, int64_t position)
{
	struct format_input input;

	format_input_init(&input);
	read(text, strlen(text), &input);
	assert_int_equal(json_array_size(input.mistakes), 1);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(input.mistakes, 0), "position")), position);
	format_input_deinit(&input);
}

static void todotxt_lines_are_tasks(void **state)
{
	static const struct sample samples[] = {
		{ "(A) 2026-11-01 Call Mom +Family @phone due:2026-12-01\n",
			"{\"created\":\"2026-11-01\",\"due\":\"2026-12-01\",\"priority\":\"H\",\"project\":\"Family\","
			"\"tags\":[\"phone\"],\"title\":\"Call Mom\"}\n" },
		{ "x 2026-11-03 2026-11-01 done t:2026-11-02\r\n\nx also\n",
			"{\"completed\":\"2026-11-03\",\"created\":\"2026-11-01\",\"status\":\"completed\",\"title\":"
			"\"done\","
			"\"wait\":\"2026-11-02\"}\n\n{\"status\":\"completed\",\"title\":\"also\"}\n" },
		{ "(B) b\n(Z) z\n(a) a\n", "{\"priority\":\"M\",\"title\":\"b\"}\n{\"priority\":\"L\",\"title\":\"z\"}"
					   "\n{\"title\":\"(a) a\"}\n" },
		{ "two +one +two rec:1w due:soon a@b 1+1\n",
			"{\"project\":\"one\",\"title\":\"two +two rec:1w due:soon a@b 1+1\"}\n" },
		{ "+only @marks", "{\"project\":\"only\",\"tags\":[\"marks\"],\"title\":\"+only @marks\"}\n" },
		{ "xylophone", "{\"title\":\"xylophone\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		check(todotxt_read, &samples[i]);
}

static void csv_records_are_tasks(void **state)
{
	static const struct sample samples[] = {
		{ "title,tags,size\r\n\"A \"\"b\"\", c\",\"x y\",12\r\n",
			"\n{\"fields\":{\"size\":\"12\"},\"tags\":[\"x\",\"y\"],\"title\":\"A \\\"b\\\", c\"}\n" },
		{ "\xef\xbb\xbf"
		  "Description,Due Date,Status\na,2026-12-01,Done\n\nb,,\n",
			"\n{\"due\":\"2026-12-01\",\"status\":\"completed\",\"title\":\"a\"}\n\n{\"title\":\"b\"}\n" },
		{ "note,title\n\"one\ntwo\",t\n,u",
			"\n{\"note\":\"one\\ntwo\",\"title\":\"t\"}\n\n{\"title\":\"u\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		check(csv_read, &samples[i]);
	check_mistake(csv_read, "name of it\nx\n", 1);
	check_mistake(csv_read, "title\nok\na,b\n", 3);
	check_mistake(csv_read, "title\n\"a\n", 2);
	check_mistake(csv_read, "title\n\"a\"b\n", 2);
}

static void markdown_items_are_tasks(void **state)
{
	static const struct sample sample = {
		"# List\n- [ ] Food\n  - [x] Milk\n\t* [ ] Deep\n+ [X] End \n- no box\n- [ ]\n",
		"\n{\"status\":\"pending\",\"title\":\"Food\"}\n{\"parent\":\"?\",\"status\":\"completed\",\"title\":"
		"\"Milk\"}\n"
		"{\"parent\":\"?\",\"status\":\"pending\",\"title\":\"Deep\"}\n{\"status\":\"completed\",\"title\":"
		"\"End\"}\n\n\n"
	};

	(void)state;
	check(markdown_read, &sample);
}

static void calendars_are_cut_into_tasks(void **state)
{
	static const struct sample samples[] = {
		{ "BEGIN:VCALENDAR\r\nX-TASKCTL-FIELDS:[]\r\nBEGIN:VTODO\r\nSUMMARY:a\r\n b\r\nEND:VTODO\r\n",
			"\n{\"fields\":[],\"taskctl\":1}\n{\"calendar\":\"BEGIN:VTODO\\nSUMMARY:ab\\nEND:VTODO\\n\"}"
			"\n" },
		{ "begin:vtodo\nDUE;TZID=Z:1\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO\nBEGIN:VTIMEZONE\nTZID:Z\n"
		  "END:VTIMEZONE\nBEGIN:VEVENT\nEND:VEVENT\n",
			"{\"calendar\":\"BEGIN:VTIMEZONE\\nTZID:Z\\nEND:VTIMEZONE\\nbegin:vtodo\\nDUE;TZID=Z:1\\n"
			"END:VTODO\\n\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		check(icalendar_read, &samples[i]);
	check_mistake(icalendar_read, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VCALENDAR\n", 2);
	check_mistake(icalendar_read, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", 2);
	check_mistake(icalendar_read, "BEGIN:VTODO\nX:\xff\nEND:VTODO\n", 1);
	check_mistake(icalendar_read, "X-TASKCTL-FIELDS:[\n", 1);
}

static void taskwarrior_s_data_are_tasks(void **state)
{
	static const struct sample samples[] = {
		{ "[description:\"a \\\"b\\\" \\/ &open;x&close; &dquot;\" entry:\"1700000000\" tags:\"a,b\" "
		  "tags_a:\"x\" "
		  "annotation_1700000001:\"n\" dep_1:\"x\" est:\"3.5\" imask:\"0\"]\n",
			"{\"annotations\":[{\"description\":\"n\",\"entry\":\"annotation\"}],\"description\":\"\"}\n" },
		{ "[]\n", "{}\n" },
	};
	struct format_input input;
	json_t *task;

	(void)state;
	format_input_init(&input);
	taskwarrior_data_read(samples[0].text, strlen(samples[0].text), &input);
	task = json_loadb(input.lines.data, input.lines.length, 0, NULL);
	assert_string_equal(format_text(task, "description"), "a \"b\" / [x] \"");
	assert_string_equal(format_text(task, "entry"), "1700000000");
	assert_string_equal(
		format_text(json_array_get(json_object_get(task, "annotations"), 0), "entry"), "1700000001");
	assert_true(json_is_real(json_object_get(task, "est")));
	assert_int_equal(json_object_size(task), 6);
	json_decref(task);
	format_input_deinit(&input);
	check_mistake(taskwarrior_data_read, "[description:\"a\"]\n[description:\"a]\n", 2);
	check_mistake(taskwarrior_data_read, "description\n", 1);
	check(taskwarrior_data_read, &samples[1]);
}

static void objects_of_json_are_items_wherever_they_stand(void **state)
{
	static const struct sample samples[] = {
		{ "[\n{\"title\":\n\"a }\\\" {\"},\n{\"title\":\"b\",\"x\":[{}]}]\n",
			"{\"title\":\"a }\\\" {\"}\n{\"title\":\"b\",\"x\":[{}]}\n" },
		{ "{\"title\":\"a\"}\n{\"title\":\"b\"}", "{\"title\":\"a\"}\n{\"title\":\"b\"}\n" },
		{ "[]", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples) - 1; i++)
		check(json_items_read, &samples[i]);
	check_mistake(json_items_read, "[{\"a\":1},{\"b\":", 2);
	check_mistake(json_items_read, "[{\"a\":1},x]", 2);
	check_mistake(json_items_read, "[{\"a\":\"1}]", 1);
}

static const json_t *task_of(json_t *holder, const char *text)
{
	json_t *task = json_loads(text, 0, NULL);

	assert_non_null(task);
	(void)json_array_append_new(holder, task);
	return task;
}

static void what_is_written_reads_back(void **state)
{
	static const char text[] =
		"{\"uuid\":\"1\",\"title\":\"a, \\\"b\\\"\",\"status\":\"completed\",\"priority\":\"M\","
		"\"project\":\"p\",\"tags\":[\"x\",\"y\"],\"created\":\"2026-11-01T00:00:00Z\","
		"\"completed\":\"2026-11-02T00:00:00Z\",\"due\":\"2026-12-01T23:59:59Z\"}";
	json_t *holder = json_array();
	const json_t *task = task_of(holder, text);
	const json_t *part = task_of(holder, "{\"uuid\":\"2\",\"title\":\"c\",\"status\":\"pending\",\"parent\":\"1\","
					     "\"created\":\"2026-11-01T00:00:00Z\"}");
	struct format_output output;

	(void)state;
	format_output_init(&output);
	todotxt_write(&output, task);
	assert_string_equal(
		buffer_text(&output.text), "x (B) 2026-11-02 2026-11-01 a, \"b\" +p @x @y due:2026-12-01\n");
	buffer_truncate(&output.text, 0);
	csv_write(&output, task);
	assert_string_equal(buffer_text(&output.text), "1,\"a, \"\"b\"\"\",completed,p,x y,M,2026-12-01T23:59:59Z,,,,,"
						       "2026-11-02T00:00:00Z,,2026-11-01T00:00:00Z,,,,,,,,,,\r\n");
	buffer_truncate(&output.text, 0);
	markdown_write(&output, part);
	markdown_write(&output, task);
	markdown_end(&output);
	assert_string_equal(buffer_text(&output.text), "- [x] a, \"b\"\n  - [ ] c\n");
	format_output_deinit(&output);
	json_decref(holder);
}

static void formats_are_guessed(void **state)
{
	static const struct {
		const char *name, *text, *format;
	} samples[] = {
		{ "x.csv", "title\n", "csv" },
		{ "todo.TXT", "a\n", "todotxt" },
		{ "x.md", "# a\n", "markdown" },
		{ NULL, "- [ ] a\n", "markdown" },
		{ NULL, "  {\"taskctl\":1}\n", "jsonl" },
		{ NULL, "[{\"title\":\"a\"}]", "json" },
		{ NULL, "[{\"description\":\"a\"}]", "taskwarrior" },
		{ "x.txt", "{\"description\":\"a\"}\n", "taskwarrior" },
		{ NULL, "[description:\"a\"]\n", "taskwarrior-data" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		assert_ptr_equal(format_guess(samples[i].name, samples[i].text, strlen(samples[i].text)),
			format_find(samples[i].format));
	assert_null(format_guess(NULL, "a\n", 2));
	assert_null(format_guess(NULL, "", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(todotxt_lines_are_tasks),
		cmocka_unit_test(csv_records_are_tasks),
		cmocka_unit_test(markdown_items_are_tasks),
		cmocka_unit_test(calendars_are_cut_into_tasks),
		cmocka_unit_test(taskwarrior_s_data_are_tasks),
		cmocka_unit_test(objects_of_json_are_items_wherever_they_stand),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(formats_are_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
