/* Tasks as VTODO: what each property becomes, what is refused, and that nothing is lost on the way there and back. */
#include "fixture.h"

#include "common/cleanup.h"
#include "common/ical_line.h"
#include "methods/ical.h"
#include "methods/ical_field.h"
#include "random_tasks.h"

#define UID  "UID:11111111-1111-4111-8111-111111111111\n"
#define UUID "11111111-1111-4111-8111-111111111111"

/* --- calls --- */

static json_t *call(struct fixture *fixture, const char *method, json_t *params)
{
	AUTO_FREE char *text = json_dumps(params, 0);

	json_decref(params);
	fixture->place = REQUEST_IN_POOL;
	return fixture_call(fixture, method, "%s", text);
}

/* A line of an import, in the time zone that the request names. */
static json_t *append(struct fixture *fixture, const json_t *begun, const char *lines)
{
	return call(fixture, "task.import",
		json_pack("{s:s, s:s, s:i, s:s, s:s}", "action", "append", "import", text_at(begun, "import"), "part",
			1, "text", lines, "timezone", "Europe/Berlin"));
}

/* What the daemon answers about lines of that format; NULL behind it: the commit was refused. */
static json_t *import_lines(struct fixture *fixture, const char *format, const char *lines)
{
	json_t *begun = call(fixture, "task.import",
		json_pack("{s:s, s:s, s:b}", "action", "begin", "format", format, "partial", true));
	json_t *appended = append(fixture, begun, lines);
	json_t *committed;

	assert_non_null(appended);
	committed = call(fixture, "task.import",
		json_pack("{s:s, s:s}", "action", "commit", "import", text_at(begun, "import")));
	if (!committed)
		fail_msg("refused: %s", fixture->refusal.message);
	json_decref(begun);
	json_decref(committed);
	return appended;
}

static json_t *import_todo(struct fixture *fixture, const char *properties)
{
	struct buffer text;
	json_t *item;
	json_t *appended;
	AUTO_FREE char *line = NULL;

	buffer_init(&text);
	buffer_printf(&text, "BEGIN:VCALENDAR\nVERSION:2.0\n%s\nEND:VCALENDAR\n", properties);
	item = json_pack("{s:s}", "calendar", buffer_text(&text));
	line = json_dumps(item, JSON_COMPACT);
	appended = import_lines(fixture, "ical", line);
	json_decref(item);
	buffer_deinit(&text);
	return appended;
}

static char *export(struct fixture *fixture, const char *format)
{
	json_t *page = call(fixture, "task.export",
		json_pack("{s:s, s:s, s:s}", "format", format, "filter", "status:all", "timezone", "Europe/Berlin"));
	char *text;

	assert_non_null(page);
	text = strdup(text_at(page, "text"));
	json_decref(page);
	return text;
}

/* --- properties --- */

/* What stands in the line of our own format that a VTODO becomes. */
static void check_todo(struct fixture *fixture, const char *properties, const char *words)
{
	struct buffer todo;
	json_t *appended;
	AUTO_FREE char *lines = NULL;

	buffer_init(&todo);
	buffer_printf(&todo, "BEGIN:VTODO\n%s%sEND:VTODO", strstr(properties, "UID:") ? "" : UID, properties);
	appended = import_todo(fixture, buffer_text(&todo));
	if (integer_at(appended, "taken") != 1)
		fail_msg("%s: %s", properties, text_at(appended, "refused.0.message"));
	lines = export(fixture, "jsonl");
	if (!strstr(lines, words))
		fail_msg("%s\nhas become %s\nwithout %s", properties, lines, words);
	json_decref(appended);
	buffer_deinit(&todo);
	fixture_query(fixture, "DELETE FROM task");
}

static void properties_become_fields(void **state)
{
	static const char *const rows[][2] = {
		{ "SUMMARY:a\\, b\n", "\"title\":\"a, b\",\"status\":\"pending\"" },
		{ "SUMMARY:a\nDESCRIPTION:x\\n\ty\n", "\"note\":\"x\\n\\ty\"" },
		{ "DESCRIPTION:first\\nsecond\n", "\"title\":\"first\"" },
		{ "SUMMARY:a\x01 b\xc2\x85 c\n", "\"title\":\"a  b   c\"" },
		{ "SUMMARY:a\nSTATUS:completed\nCOMPLETED:20260101T000000Z\n",
			"\"completed\":\"2026-01-01T00:00:00Z\"" },
		{ "SUMMARY:a\nCOMPLETED:20260101T000000Z\n", "\"status\":\"completed\"" },
		{ "SUMMARY:a\nPERCENT-COMPLETE:100\n", "\"status\":\"completed\"" },
		{ "SUMMARY:a\nPERCENT-COMPLETE:100\nSTATUS:NEEDS-ACTION\n", "\"status\":\"pending\"" },
		{ "SUMMARY:a\nPERCENT-COMPLETE:30\n", "\"ical_percent_complete\":\"30\"" },
		{ "SUMMARY:a\nSTATUS:CANCELLED\nDTSTAMP:20260101T000000Z\n", "\"deleted\":\"2026-01-01T00:00:00Z\"" },
		{ "SUMMARY:a\nSTATUS:IN-PROCESS\n", "\"started\":\"2026-11-23T14:00:00Z\"" },
		{ "SUMMARY:a\nPRIORITY:4\n", "\"priority\":\"H\"" },
		{ "SUMMARY:a\nPRIORITY:5\n", "\"priority\":\"M\"" },
		{ "SUMMARY:a\nPRIORITY:6\n", "\"priority\":\"L\"" },
		{ "SUMMARY:a\nPRIORITY:0\nCREATED:20260101T000000Z\n", "\"created\":\"2026-01-01T00:00:00Z\"" },
		{ "SUMMARY:a\nCATEGORIES:b,a b\\,c,,-d\nCATEGORIES:e\n", "\"tags\":[\"_d\",\"a_b_c\",\"b\",\"e\"]" },
		{ "SUMMARY:a\nCOMMENT:c\nDTSTAMP:20260101T000000Z\n",
			"\"annotations\":[{\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"c\"}]" },
		{ "SUMMARY:a\nLOCATION:A\\, B\n", "\"location\":\"A, B\"" },
		{ "SUMMARY:a\nX-Foo-Bar;X-P=1:a\\,b\n", "\"x_foo_bar\":\";X-P=1:a\\\\,b\"" },
		{ "SUMMARY:a\nSEQUENCE:0\nGEO:1.5;2.5\n", "\"fields\":{\"ical_geo\":\"1.5;2.5\"}" },
		{ "SUMMARY:a\nUID:a@b\n", "\"ical_uid\":\"a@b\"" },
		{ "SUMMARY:a\nUID:ABCDEF00-0000-4000-8000-000000000000\n",
			"\"uuid\":\"abcdef00-0000-4000-8000-000000000000\"" },
		{ "SUMMARY:a\nBEGIN:VALARM\nSUMMARY:no\nEND:VALARM\n", "\"title\":\"a\"" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check_todo(*state, rows[i][0], rows[i][1]);
}

static void times_go_by_the_clock_that_is_meant(void **state)
{
	static const char *const rows[][2] = {
		{ "SUMMARY:a\nDUE:20260701T120000Z\n", "\"due\":\"2026-07-01T12:00:00Z\"" },
		{ "SUMMARY:a\nDUE:20260701T120000\n", "\"due\":\"2026-07-01T10:00:00Z\"" },
		{ "SUMMARY:a\nDUE;VALUE=DATE:20260701\n", "\"due\":\"2026-07-01T21:59:59Z\"" },
		{ "SUMMARY:a\nDTSTART;VALUE=DATE:20260701\n", "\"scheduled\":\"2026-06-30T22:00:00Z\"" },
		{ "SUMMARY:a\nDUE;TZID=Asia/Tokyo:20260701T120000\n", "\"due\":\"2026-07-01T03:00:00Z\"" },
		{ "SUMMARY:a\nDUE;TZID=\"/example.org/2026/Asia/Tokyo\":20260701T120000\n",
			"\"due\":\"2026-07-01T03:00:00Z\"" },
		{ "SUMMARY:a\nDUE:20260329T023000\n", "\"due\":\"2026-03-29T01:30:00Z\"" },
		{ "SUMMARY:a\nDTSTART:20260701T120000Z\nDURATION:P1DT2H\n", "\"due\":\"2026-07-02T14:00:00Z\"" },
		{ "SUMMARY:a\nDTSTART;VALUE=DATE:20260701\nDURATION:P2D\n", "\"due\":\"2026-07-02T21:59:59Z\"" },
		{ "SUMMARY:a\nDTSTART:20260328T120000\nDURATION:P1D\n", "\"due\":\"2026-03-29T10:00:00Z\"" },
		{ "SUMMARY:a\nDUE;TZID=Here:20260701T120000\nEND:VTODO\nBEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\n"
		  "DTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0330\nEND:STANDARD\nEND:VTIMEZONE\n"
		  "BEGIN:VEVENT\nBEGIN:VTODO\nEND:VTODO\nEND:VEVENT\nX:y\nX:",
			"\"due\":\"2026-07-01T08:30:00Z\"" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check_todo(*state, rows[i][0], rows[i][1]);
}

static void rules_become_series(void **state)
{
	static const char *const rows[][2] = {
		{ "SUMMARY:a\nDUE;TZID=Asia/Tokyo:20300101T120000\nRRULE:FREQ=WEEKLY;COUNT=3\n",
			"\"status\":\"recurring\",\"created\":\"2026-11-23T14:00:00Z\",\"modified\":\"2026-11-23T14:00:"
			"00Z\","
			"\"due\":\"2030-01-01T03:00:00Z\",\"recur\":\"FREQ=WEEKLY;COUNT=3\",\"recur_from\":\"due\","
			"\"recur_zone\":\"Asia/Tokyo\"" },
		{ "SUMMARY:a\nDTSTART;VALUE=DATE:20300101\nRRULE:FREQ=DAILY\n",
			"\"due\":\"2030-01-01T22:59:59Z\",\"recur\":\"FREQ=DAILY\"" },
		{ "SUMMARY:a\nDTSTART:20300101T000000Z\nDUE:20300101T000000Z\nRRULE:FREQ=DAILY\n",
			"\"due\":\"2030-01-01T00:00:00Z\",\"recur\":\"FREQ=DAILY\",\"recur_from\":\"due\",\"recur_"
			"zone\":\"UTC\"" },
		{ "SUMMARY:a\nDTSTART:20300101T000000Z\nDUE:20300103T000000Z\nRRULE:FREQ=DAILY\n",
			"\"scheduled\":\"2030-01-01T00:00:00Z\"" },
		{ "SUMMARY:a\nDUE:20300101T000000Z\nRRULE:FREQ=HOURLY\n",
			"\"due\":\"2030-01-01T00:00:00Z\",\"fields\":{\"ical_rrule\":\"FREQ=HOURLY\"}" },
		{ "SUMMARY:a\nRRULE:FREQ=DAILY\n", "\"status\":\"pending\"" },
		{ "SUMMARY:a\nSTATUS:COMPLETED\nDUE:20300101T000000Z\nRRULE:FREQ=DAILY\n",
			"\"ical_rrule\":\"FREQ=DAILY\"" },
		/* Our own words count as long as the rule is the one that we wrote for them. */
		{ "SUMMARY:a\nDUE:20300101T000000Z\nRRULE:FREQ=WEEKLY\nX-TASKCTL-RECUR:weekly\n",
			"\"recur\":\"weekly\"" },
		{ "SUMMARY:a\nDUE:20300101T000000Z\nRRULE:FREQ=DAILY\nX-TASKCTL-RECUR:weekly\n",
			"\"recur\":\"FREQ=DAILY\"" },
		{ "SUMMARY:a\nDUE:20300101T000000Z\nX-TASKCTL-RECUR:weekly\nX-TASKCTL-RECUR-FROM:due\n",
			"\"status\":\"pending\",\"created\":\"2026-11-23T14:00:00Z\",\"modified\":\"2026-11-23T14:00:"
			"00Z\","
			"\"due\":\"2030-01-01T00:00:00Z\"}" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		check_todo(*state, rows[i][0], rows[i][1]);
}

static void what_cannot_be_read_is_refused_by_its_property(void **state)
{
	static const struct {
		const char *properties, *field, *words;
	} rows[] = {
		{ "SUMMARY:a\nDUE:tomorrow", "DUE", "`tomorrow`" },
		{ "SUMMARY:a\nDUE;TZID=Nowhere:20260101T000000", "DUE", "`Nowhere`" },
		{ "SUMMARY:a\nPRIORITY:10", "PRIORITY", "0 to 9" },
		{ "SUMMARY:a\nPERCENT-COMPLETE:x", "PERCENT-COMPLETE", "0 to 100" },
		{ "SUMMARY:a\nSTATUS:DONE", "STATUS", "NEEDS-ACTION" },
		{ "SUMMARY:a\nDTSTART:20260101T000000Z\nDURATION:soon", "DURATION", "" },
		{ "SUMMARY:a\nX-TASKCTL-SPENT:much", "X-TASKCTL-SPENT", "a number" },
		{ "SUMMARY:a\nX-TASKCTL-FIELD:x", "X-TASKCTL-FIELD", "X-NAME" },
		{ "SUMMARY: ", "SUMMARY", "missing" },
		{ "SUMMARY:a\nno line", "", "NAME:value" },
		{ "SUMMARY:a\nEND:VALARM", "calendar", "END:VTODO is missing" },
		{ "SUMMARY:a\nEND:VTODO\nBEGIN:VTODO", "calendar", "more than one" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		AUTO_FREE char *todo = NULL;
		json_t *appended;

		assert_true(asprintf(&todo, "BEGIN:VTODO\n" UID "%s\nEND:VTODO", rows[i].properties) > 0);
		appended = import_todo(fixture, todo);
		assert_int_equal(integer_at(appended, "refused_count"), 1);
		if (rows[i].field[0])
			assert_string_equal(text_at(appended, "refused.0.field"), rows[i].field);
		if (!strstr(text_at(appended, "refused.0.message"), rows[i].words))
			fail_msg("%s: %s", rows[i].properties, text_at(appended, "refused.0.message"));
		json_decref(appended);
	}
}

static void what_is_left_out_is_said(void **state)
{
	static const char *const rows[][2] = {
		{ "SUMMARY:a\nRELATED-TO:" UUID, "RELATED-TO names the task itself" },
		{ "SUMMARY:a\nRELATED-TO;RELTYPE=CHILD:x", "CHILD" },
		{ "SUMMARY:a\nEXDATE:20260101", "EXDATE is kept" },
		{ "SUMMARY:a\nSUMMARY:b", "SUMMARY stands there more than once" },
		{ "SUMMARY:a\nBEGIN:VALARM\nEND:VALARM", "VALARM" },
		{ "SUMMARY:a\nX-MOZ-SNOOZE-TIME-1767607200000000:x", "X-MOZ-SNOOZE-TIME" },
		{ "SUMMARY:a\nDUE:20300101T000000Z\nRRULE:FREQ=HOURLY", "does not come again" },
		{ "SUMMARY:a\nSTATUS:NEEDS-ACTION\nCOMPLETED:20260101T000000Z", "COMPLETED was left out" },
		{ "SUMMARY:a\nCATEGORIES:a b", "the tag a_b" },
		{ "SUMMARY:a\x07", "control characters" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		AUTO_FREE char *todo = NULL;
		json_t *appended;

		assert_true(asprintf(&todo, "BEGIN:VTODO\n" UID "%s\nEND:VTODO", rows[i][0]) > 0);
		appended = import_todo(*state, todo);
		assert_int_equal(integer_at(appended, "taken"), 1);
		if (!has_member(appended, "warnings") || !strstr(text_at(appended, "warnings.0.message"), rows[i][1]))
			fail_msg("%s: not said", rows[i][0]);
		json_decref(appended);
	}
}

static void names_of_fields_have_a_way_back(void **state)
{
	static const char *const rows[][2] = { { "URL", "url" }, { "LOCATION", "location" },
		{ "X-APPLE-SORT-ORDER", "x_apple_sort_order" }, { "SEQUENCE", "ical_sequence" } };
	static const char *const own[] = { "estimate", "x_", "ical_", "ical_begin", "ical_summary", "x_taskctl_recur" };
	char text[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_true(ical_field_name(rows[i][0], text));
		assert_string_equal(text, rows[i][1]);
		assert_true(ical_field_property(rows[i][1], text));
		assert_string_equal(text, rows[i][0]);
	}
	for (size_t i = 0; i < COUNT_OF(own); i++)
		assert_false(ical_field_property(own[i], text));
	assert_false(ical_field_name("X-A_B", text));
	assert_string_equal(ical_own_field("X-TASKCTL-RECUR-FROM"), "recur_from");
	assert_null(ical_own_field("X-TASKCTL-TITLE"));
}

/* --- there and back --- */

/* The items of a calendar, as a client brings them: the first line says which fields there are. */
static char *split_calendar(const char *calendar)
{
	struct ical_source source = { .at = calendar, .end = calendar + strlen(calendar), .number = 1 };
	struct buffer line, item, lines;
	int64_t number;
	char *text;

	buffer_init(&line);
	buffer_init(&item);
	buffer_init(&lines);
	while (ical_source_next(&source, &line, &number)) {
		if (!strncmp(buffer_text(&line), "X-TASKCTL-FIELDS:", 17)) {
			struct arena arena;

			arena_init(&arena);
			buffer_printf(&lines, "{\"taskctl\":1,\"fields\":%s}\n",
				ical_line_text(buffer_text(&line) + 17, &arena));
			arena_deinit(&arena);
			continue;
		}
		buffer_printf(&item, "%s\n", buffer_text(&line));
		if (!strcmp(buffer_text(&line), "END:VTODO")) {
			json_t *object = json_pack("{s:s}", "calendar", buffer_text(&item));
			AUTO_FREE char *json = json_dumps(object, JSON_COMPACT);

			buffer_printf(&lines, "%s\n", json);
			json_decref(object);
			buffer_truncate(&item, 0);
		}
	}
	text = strdup(buffer_text(&lines));
	buffer_deinit(&line);
	buffer_deinit(&item);
	buffer_deinit(&lines);
	return text;
}

/* Shows from where on they differ. */
static void assert_same(const char *found, const char *expected)
{
	size_t same = 0;

	while (found[same] && found[same] == expected[same])
		same++;
	if (strcmp(found, expected) != 0)
		fail_msg("%.200s\nand not\n%.200s", found + (same > 60 ? same - 60 : 0),
			expected + (same > 60 ? same - 60 : 0));
}

/* As a calendar into the other account, and from there as our own lines. */
static void check_round_trip(struct fixture *fixture, const char *lines)
{
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *calendar = NULL;
	AUTO_FREE char *items = NULL;
	AUTO_FREE char *second = NULL;
	AUTO_FREE char *again = NULL;
	json_t *appended = import_lines(fixture, "jsonl", lines);

	if (has_member(appended, "refused"))
		fail_msg("%s", text_at(appended, "refused.0.message"));
	json_decref(appended);
	first = export(fixture, "jsonl");
	calendar = export(fixture, "ical");
	items = split_calendar(calendar);
	fixture_become(fixture, 2);
	appended = import_lines(fixture, "ical", items);
	if (has_member(appended, "refused"))
		fail_msg("%s\nin %s", text_at(appended, "refused.0.message"), items);
	json_decref(appended);
	second = export(fixture, "jsonl");
	assert_same(second, first);
	again = export(fixture, "ical");
	assert_same(again, calendar);
}

static void nothing_is_lost_on_the_way(void **state)
{
	check_round_trip(*state,
		"{\"taskctl\":1,\"fields\":[{\"name\":\"size\",\"type\":\"number\",\"label\":\"How; big\"},"
		"{\"name\":\"day\",\"type\":\"date\"},{\"name\":\"long\",\"type\":\"duration\"},"
		"{\"name\":\"mood\",\"type\":\"string\",\"choices\":[\"good\",\"b,a;d\"]},"
		"{\"name\":\"ical_uid\",\"type\":\"string\"},{\"name\":\"location\",\"type\":\"string\"},"
		"{\"name\":\"ical_summary\",\"type\":\"string\"},{\"name\":\"url\",\"type\":\"string\"}]}\n"
		"{\"uuid\":\"" UUID "\",\"title\":\"A \\\"b\\\" \\\\ é, c; d\",\"created\":\"2026-01-01T00:00:00Z\","
		"\"modified\":\"2026-01-02T00:00:00Z\",\"project\":\"home, garden\",\"tags\":[\"x\",\"y;z\"],"
		"\"priority\":\"M\",\"due\":\"2026-02-01T22:59:59Z\",\"wait\":\"2026-01-30T00:00:00Z\","
		"\"scheduled\":\"2026-01-31T23:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\","
		"\"started\":\"2026-01-02T00:00:00Z\",\"parent\":\"22222222-2222-4222-8222-222222222222\","
		"\"spent\":60,\"depends\":[\"33333333-3333-4333-8333-333333333333\"],"
		"\"annotations\":[{\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"one, two\"},"
		"{\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"a \\\\n b\"}],\"note\":\"a\\n\\tb\\\\\","
		"\"fields\":{\"mood\":\"b,a;d\",\"size\":0.5,\"day\":\"2026-05-01T10:00:00Z\",\"long\":\"P1DT2H\","
		"\"ical_uid\":\"not its own\",\"location\":\"; x, y\",\"ical_summary\":\"s\",\"url\":\";broken\"}}\n"
		"{\"uuid\":\"22222222-2222-4222-8222-222222222222\",\"title\":\"B\",\"status\":\"completed\","
		"\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\","
		"\"completed\":\"2026-01-02T00:00:00Z\"}\n"
		"{\"uuid\":\"33333333-3333-4333-8333-333333333333\",\"title\":\"C\",\"status\":\"recurring\","
		"\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\","
		"\"due\":\"2030-01-31T07:00:00Z\",\"scheduled\":\"2030-01-29T00:00:00Z\",\"occurrence\":1,"
		"\"recur\":\"monthly\",\"recur_from\":\"completion\",\"recur_count\":9,"
		"\"recur_zone\":\"America/New_York\"}\n"
		"{\"uuid\":\"44444444-4444-4444-8444-444444444444\",\"title\":\"C\",\"status\":\"deleted\","
		"\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\","
		"\"completed\":\"2026-01-01T00:00:00Z\",\"deleted\":\"2026-01-02T00:00:00Z\","
		"\"series\":\"33333333-3333-4333-8333-333333333333\",\"occurrence\":1}\n"
		"{\"uuid\":\"55555555-5555-4555-8555-555555555555\",\"title\":\"D\",\"status\":\"recurring\","
		"\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\","
		"\"due\":\"2030-01-01T22:59:59Z\",\"until\":\"2031-01-01T00:00:00Z\",\"recur\":\"P1M3D\","
		"\"recur_from\":\"due\",\"recur_base\":0,\"recur_zone\":\"Europe/Berlin\"}\n");
}

/* Without what refers to other tasks, and in one state; no line but a note holds tabs. */
static void write_random(struct random_tasks *random, int number, struct buffer *out)
{
	const struct task_relatives relatives = { .parent = NULL };
	struct json_writer writer;
	struct task task = task_empty;
	struct arena arena;
	char *tab;

	arena_init(&arena);
	task.id = number;
	task.title = "t";
	for (int changes = 0; changes < 4; changes++)
		random_change(random, &task, &arena);
	(void)snprintf(task.uuid, sizeof(task.uuid), "00000000-0000-4000-8000-%012d", number);
	task.status = number % 2 ? TASK_PENDING : TASK_COMPLETED;
	task.completed = number % 2 ? TASK_NO_TIME : FIXTURE_NOW;
	task.started = number % 2 ? task.started : TASK_NO_TIME;
	task.created = FIXTURE_NOW - number;
	task.modified = FIXTURE_NOW;
	task.deleted = task.occurrence = task.recur_count = TASK_NO_TIME;
	task.depend_count = 0;
	task.recur = task.recur_from = task.recur_zone = NULL;
	json_writer_init(&writer, out);
	task_line_write(&writer, &task, &relatives, NULL);
	buffer_append_char(out, '\n');
	while ((tab = memmem(out->data, out->length, "\\t", 2)))
		memcpy(tab, "  ", 2);
	arena_deinit(&arena);
}

/* Dues before their start, on the same day, on the same second: whatever fields may hold. */
static void random_tasks_come_back_as_they_were(void **state)
{
	struct random_tasks random = { .state = 5545, .now = FIXTURE_NOW };
	struct buffer lines;

	buffer_init(&lines);
	for (int number = 1; number <= 200; number++)
		write_random(&random, number, &lines);
	check_round_trip(*state, buffer_text(&lines));
	buffer_deinit(&lines);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(properties_become_fields),
		TEST(times_go_by_the_clock_that_is_meant),
		TEST(rules_become_series),
		TEST(what_cannot_be_read_is_refused_by_its_property),
		TEST(what_is_left_out_is_said),
		cmocka_unit_test(names_of_fields_have_a_way_back),
		TEST(nothing_is_lost_on_the_way),
		TEST(random_tasks_come_back_as_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
