/* Changes in words. */
#include "testing.h"

#include "cli/history_text.h"

#include <stdlib.h>
#include <time.h>

#define ARROW "\xE2\x86\x92" /* U+2192 */
#define TO    " " ARROW " "
#define BAD   "\xEF\xBF\xBD"

static const struct {
	const char *entry;
	const char *text;
} changes[] = {
	{ "{\"before\":{\"due\":null},\"after\":{\"due\":\"2026-12-01T23:59:59Z\"}}",
		"due: none" TO "2026-12-01 23:59" },
	{ "{\"before\":{\"priority\":\"H\",\"tags\":[\"a\",\"b\"]},\"after\":{\"priority\":\"L\",\"tags\":[]}}",
		"priority: H" TO "L; tags: a,b" TO "none" },
	{ "{\"before\":{\"project\":\"home\"},\"after\":{}}", "project: home" TO "none" },
	{ "{\"before\":{\"version\":1,\"modified\":\"x\"},\"after\":{\"version\":2,\"modified\":\"y\"}}", "" },
	{ "{\"before\":{\"spent\":0},\"after\":{\"spent\":4800}}", "spent: 0s" TO "1h 20min" },
	{ "{\"before\":{\"depends\":[]},\"after\":{\"depends\":[3,7]}}", "depends: none" TO "3,7" },
	{ "{\"before\":{\"annotations\":[]},\"after\":{\"annotations\":[{\"at\":\"x\",\"text\":\"called\"}]}}",
		"annotations: none" TO "called" },
	{ "{\"before\":{\"fields\":{}},\"after\":{\"fields\":{\"cost\":1.5,\"size\":\"L\"}}}",
		"fields: none" TO "cost=1.5,size=L" },
	{ "{\"before\":{\"title\":\"a\\u001b[2J\"},\"after\":{\"title\":\"b\\n\"}}", "title: a" BAD "[2J" TO "b" BAD },
	{ "{\"after\":{\"title\":\"Buy milk\",\"status\":\"pending\"}}", "Buy milk" },
	{ "{\"before\":{\"title\":\"Buy\\u0007milk\"}}", "Buy" BAD "milk" },
	{ "{}", "" },
};

static void a_change_says_what_was_and_what_became(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		json_auto_t *entry = json_loads(changes[i].entry, 0, NULL);
		struct buffer out;

		assert_non_null(entry);
		buffer_init(&out);
		history_text_append_change(&out, ARROW, entry);
		expect_content(&out, changes[i].text);
		buffer_deinit(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_says_what_was_and_what_became),
	};

	(void)setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
