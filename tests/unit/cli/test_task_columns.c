/* Tables of tasks by the names of their columns. */
#include "testing.h"

#include "cli/task_columns.h"
#include "cli/task_details.h"

#include <stdlib.h>
#include <time.h>

#define NOW     1000000000 /* 2001-09-09T01:46:40Z */
#define CUSTOMS "\"fields\":{\"cost\":12.5,\"size\":\"L\"}"

static const char *const whole =
	"{\"id\":3,\"uuid\":\"6f1c2b9e-8d4a-4c3b-9e2f-0a1b2c3d4e5f\",\"title\":\"Buy milk\",\"status\":\"pending\","
	"\"project\":\"home\",\"tags\":[\"a\",\"b\"],\"priority\":\"H\",\"due\":\"2001-09-12T01:46:40Z\","
	"\"scheduled\":\"2001-09-10T00:00:00Z\",\"until\":\"2001-10-01T00:00:00Z\","
	"\"created\":\"2001-09-08T23:46:40Z\",\"modified\":\"2001-09-09T00:00:00Z\",\"version\":4,"
	"\"started\":\"2001-09-09T01:26:40Z\",\"spent\":3600,\"urgency\":8.912,\"depends\":[1,2],\"parent\":7,"
	"\"children\":{\"total\":3,\"open\":2},\"series\":5,\"recur\":\"weekly\",\"recur_from\":\"completion\","
	"\"recur_count\":4,\"annotations\":[{\"at\":\"2001-09-09T01:00:00Z\",\"text\":\"no\\u001b[2Jsugar\"},"
	"{\"at\":\"2001-09-09T01:10:00Z\",\"text\":\"two\"}]," CUSTOMS "}";

static const struct {
	const char *name;
	const char *heading;
	const char *cell;
} cells[] = {
	{ "uuid", "UUID", "6f1c2b9e-8d4a-4c3b-9e2f-0a1b2c3d4e5f" },
	{ "status", "Status", "started" },
	{ "priority", "Pri", "H" },
	{ "due", "Due", "2001-09-12 01:46" },
	{ "due.relative", "Due", "3d" },
	{ "scheduled", "Scheduled", "2001-09-10" },
	{ "until", "Until", "2001-10-01 00:00" },
	{ "age", "Age", "2h" },
	{ "project", "Project", "home" },
	{ "tags", "Tags", "a,b" },
	{ "depends", "Depends", "1,2" },
	{ "parent", "Parent", "7" },
	{ "children", "Children", "1/3" },
	{ "series", "Series", "5" },
	{ "recur", "Recur", "weekly" },
	{ "annotations", "Notes", "2" },
	{ "spent", "Spent", "1h 20min" },
	{ "urgency", "Urg", "8.91" },
	{ "title", "Title", "Buy milk" },
	{ "cost", "cost", "12.5" },
	{ "size", "size", "L" },
};

/* One column beside the id, without spaces between the columns. */
static void write_cell(const char *name, enum task_dates dates, const json_t *task, struct buffer *out)
{
	const char *names[] = { name };
	struct task_columns *columns = task_columns_new(names, 1, dates);
	struct view_table *table = view_table_new(task_columns_view(columns));
	struct view_frame frame = { .width = 0 };

	task_columns_add_row(columns, table, task, NOW, &frame.theme);
	view_table_write(table, &frame, out);
	view_table_free(table);
	task_columns_free(columns);
}

static void each_column_is_written_by_its_name(void **state)
{
	json_auto_t *task = json_loads(whole, 0, NULL);

	(void)state;
	assert_non_null(task);
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct buffer out;
		char *line;
		char *heading;

		buffer_init(&out);
		write_cell(cells[i].name, TASK_DATES_ABSOLUTE, task, &out);
		heading = (char *)(uintptr_t)buffer_text(&out);
		line = strchr(heading, '\n');
		*line++ = '\0';
		heading += strspn(heading, " ");
		line += strspn(line, " ");
		line[strcspn(line, "\n")] = '\0';
		assert_string_equal(heading, cells[i].heading);
		assert_string_equal(line, cells[i].cell);
		buffer_deinit(&out);
	}
}

static void a_task_with_nothing_in_a_column_leaves_it_out(void **state)
{
	struct view_frame frame = { .width = 0 };
	json_auto_t *task = json_loads("{\"id\":3,\"title\":\"x\",\"status\":\"pending\",\"tags\":[]}", 0, NULL);
	const char *const *names = task_column_names();
	struct task_columns *columns;
	struct view_table *table;
	struct buffer out;
	size_t count = 0;

	(void)state;
	while (names[count])
		count++;
	columns = task_columns_new(names, count, TASK_DATES_ABSOLUTE);
	table = view_table_new(task_columns_view(columns));
	buffer_init(&out);
	task_columns_add_row(columns, table, task, NOW, &frame.theme);
	view_table_write(table, &frame, &out);
	expect_content(&out, "ID  Title\n 3  x\n");
	buffer_deinit(&out);
	view_table_free(table);
	task_columns_free(columns);
}

static void the_status_is_what_stands_in_the_way(void **state)
{
	static const struct {
		const char *task;
		const char *table;
	} statuses[] = {
		{ "{\"status\":\"pending\"}", "\n\n" },
		{ "{\"status\":\"completed\"}", "Status\ncompleted\n" },
		{ "{\"status\":\"pending\",\"blocked\":true}", "Status\nblocked\n" },
		{ "{\"status\":\"pending\",\"blocked\":true,\"waiting\":true}", "Status\nwaiting\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		json_auto_t *task = json_loads(statuses[i].task, 0, NULL);
		struct buffer out;

		buffer_init(&out);
		write_cell("status", TASK_DATES_ABSOLUTE, task, &out);
		expect_content(&out, statuses[i].table);
		buffer_deinit(&out);
	}
}

static void dates_are_shown_as_distances_where_that_is_wanted(void **state)
{
	static const struct {
		const char *name;
		const char *table;
	} rows[] = {
		{ "due", "Due\n 3d\n" },
		{ "until", "Until\n   3w\n" },
		{ "created", "Created\n    -2h\n" },
		{ "due.relative", "Due\n 3d\n" },
		{ "priority", "Pri\nH\n" },
	};
	json_auto_t *task = json_loads(whole, 0, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer out;

		buffer_init(&out);
		write_cell(rows[i].name, TASK_DATES_RELATIVE, task, &out);
		expect_content(&out, rows[i].table);
		buffer_deinit(&out);
	}
}

static const char *const details = "Id          3\n"
				   "Title       Buy milk\n"
				   "Status      pending\n"
				   "Project     home\n"
				   "Tags        a,b\n"
				   "Priority    H\n"
				   "Due         2001-09-12 01:46\n"
				   "Scheduled   2001-09-10\n"
				   "Until       2001-10-01 00:00\n"
				   "Recurs      weekly, from completion, 4 times\n"
				   "Series      5\n"
				   "Parent      7\n"
				   "Children    3, of which 2 open\n"
				   "Depends on  1,2\n"
				   "Started     2001-09-09 01:26\n"
				   "Spent       1h 20min\n"
				   "Annotated   2001-09-09 01:00  no\xEF\xBF\xBD[2Jsugar\n"
				   "            2001-09-09 01:10  two\n"
				   "Urgency     8.912\n"
				   "Created     2001-09-08 23:46\n"
				   "Modified    2001-09-09 00:00\n"
				   "Version     4\n"
				   "Uuid        6f1c2b9e-8d4a-4c3b-9e2f-0a1b2c3d4e5f\n"
				   "cost        12.5\n"
				   "size        L\n";

static void details_show_everything_that_there_is(void **state)
{
	struct view_frame frame = { .width = 0 };
	json_auto_t *task = json_loads(whole, 0, NULL);
	struct buffer out;

	(void)state;
	buffer_init(&out);
	task_details_append(&out, task, NOW, &frame);
	expect_content(&out, details);
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_column_is_written_by_its_name),
		cmocka_unit_test(a_task_with_nothing_in_a_column_leaves_it_out),
		cmocka_unit_test(the_status_is_what_stands_in_the_way),
		cmocka_unit_test(dates_are_shown_as_distances_where_that_is_wanted),
		cmocka_unit_test(details_show_everything_that_there_is),
	};

	(void)setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
