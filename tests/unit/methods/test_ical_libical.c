/* Where libical is installed, it finds in our calendars what we have put there. */
#include "fixture.h"

#include "common/cleanup.h"

#include <libical/ical.h>
#include <time.h>

#define ZONE_BERLIN "\"timezone\":\"Europe/Berlin\""

/* Whatever stands in a task, and dues of every form. */
static const char *const tasks[] = {
	"{\"title\":\"Plain; with, \\\\ signs\",\"note\":\"one\\n\\ttwo\",\"tags\":[\"a\",\"b;c\"]," ZONE_BERLIN "}",
	"{\"title\":\"A long title of many letters, so that its line is folded: "
	"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 "
	"\xe8\xaa\x9e\xe8\xaa\x9e\xe8\xaa\x9e\xe8\xaa\x9e\xe8\xaa\x9e\",\"due\":\"2030-01-31\",\"scheduled\":\"2030-01-"
	"01\"," ZONE_BERLIN "}",
	"{\"title\":\"At "
	"noon\",\"due\":\"2030-07-01T12:00\",\"scheduled\":\"2030-08-01\",\"priority\":\"M\"," ZONE_BERLIN "}",
	"{\"title\":\"Monthly\",\"due\":\"2030-01-31T08:30\",\"recur\":\"monthly\"," ZONE_BERLIN "}",
	"{\"title\":\"Daily\",\"due\":\"2030-07-31\",\"recur\":\"daily\",\"until\":\"2031-01-01\"," ZONE_BERLIN "}",
	"{\"title\":\"In Apia\",\"due\":\"2030-01-31T08:30\",\"recur\":\"weekly\",\"timezone\":\"Pacific/Apia\"}",
};

static char *export(struct fixture *fixture, const char *format)
{
	json_t *page;
	char *text;

	fixture->place = REQUEST_IN_POOL;
	page = fixture_call(
		fixture, "task.export", "{\"format\":\"%s\",\"filter\":\"status:all\"," ZONE_BERLIN "}", format);
	assert_non_null(page);
	text = strdup(text_at(page, "text"));
	json_decref(page);
	return text;
}

/* The tasks by their uuid, as our own format has them. */
static json_t *export_tasks(struct fixture *fixture)
{
	AUTO_FREE char *text = export(fixture, "jsonl");
	json_t *by_uuid = json_object();
	char *rest = text;
	char *line;

	while ((line = strsep(&rest, "\n"))) {
		json_t *task = json_loads(line, 0, NULL);

		if (json_object_get(task, "uuid"))
			(void)json_object_set(by_uuid, text_at(task, "uuid"), task);
		json_decref(task);
	}
	return by_uuid;
}

/* The moment that libical takes a property for, by the VTIMEZONE of this calendar; of a date its last second. */
static int64_t moment_of(icalcomponent *calendar, icalproperty *property)
{
	icaltimetype time = icalproperty_get_datetime_with_component(property, calendar);
	icaltimezone *berlin = icaltimezone_get_builtin_timezone("Europe/Berlin");

	if (!time.is_date)
		return icaltime_as_timet_with_zone(time, time.zone);
	icaltime_adjust(&time, 1, 0, 0, 0);
	time.is_date = 0;
	return icaltime_as_timet_with_zone(time, berlin) - 1;
}

static void compare_lists(icalcomponent *todo, const json_t *task)
{
	icalproperty *categories = icalcomponent_get_first_property(todo, ICAL_CATEGORIES_PROPERTY);
	const json_t *note = json_object_get(task, "note");
	const char *description = icalcomponent_get_description(todo);

	assert_int_equal(categories != NULL, json_array_size(json_object_get(task, "tags")) > 0);
	assert_int_equal(json_is_string(note), description != NULL);
	if (description)
		assert_string_equal(description, json_string_value(note));
}

static void compare_due(icalcomponent *calendar, icalcomponent *todo, const json_t *task)
{
	icalproperty *due = icalcomponent_get_first_property(todo, ICAL_DUE_PROPERTY);
	const char *text = json_string_value(json_object_get(task, "due"));

	struct tm tm = { 0 };

	assert_int_equal(due != NULL, text != NULL);
	if (!due)
		return;
	assert_non_null(strptime(text, "%Y-%m-%dT%H:%M:%SZ", &tm));
	assert_int_equal(moment_of(calendar, due), timegm(&tm));
}

static void compare(icalcomponent *calendar, icalcomponent *todo, const json_t *task)
{
	assert_string_equal(icalcomponent_get_summary(todo), text_at(task, "title"));
	assert_int_equal(icalcomponent_get_first_property(todo, ICAL_RRULE_PROPERTY) != NULL,
		strcmp(text_at(task, "status"), "recurring") == 0);
	compare_lists(todo, task);
	compare_due(calendar, todo, task);
}

static void libical_reads_what_we_write(void **state)
{
	struct fixture *fixture = *state;
	AUTO_FREE char *text = NULL;
	json_t *by_uuid;
	icalcomponent *calendar;
	icalcomponent *todo;
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(tasks); i++)
		json_decref(call_done(fixture, "task.add", "%s", tasks[i]));
	by_uuid = export_tasks(fixture);
	text = export(fixture, "ical");
	calendar = icalparser_parse_string(text);
	assert_int_equal(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	assert_int_equal(icalcomponent_count_components(calendar, ICAL_VTIMEZONE_COMPONENT), 2);
	for (todo = icalcomponent_get_first_component(calendar, ICAL_VTODO_COMPONENT); todo;
		todo = icalcomponent_get_next_component(calendar, ICAL_VTODO_COMPONENT), count++)
		compare(calendar, todo, json_object_get(by_uuid, icalcomponent_get_uid(todo)));
	assert_int_equal(count, json_object_size(by_uuid));
	icalcomponent_free(calendar);
	icaltimezone_free_builtin_timezones();
	json_decref(by_uuid);
}

int main(void)
{
	const struct CMUnitTest tests_of_file[] = { cmocka_unit_test_setup_teardown(
		libical_reads_what_we_write, fixture_set_up, fixture_tear_down) };

	return cmocka_run_group_tests(tests_of_file, NULL, NULL);
}
