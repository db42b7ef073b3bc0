/* Zones are found by name and read once; the machine's own is found as localtime(5) and tzset(3) say. */
#include "methods/zone_set.h"

#include "common/cleanup.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define ZONEINFO "/usr/share/zoneinfo"

static const struct zone *find(struct zone_set *set, const char *name, struct arena *arena)
{
	const struct zone *zone = NULL;
	struct refusal refusal = { 0 };

	if (zone_set_find(set, name, arena, &zone, &refusal))
		fail_msg("%s", refusal.message);
	return zone;
}

static void the_own_zone_is_the_one_of_tz_else_of_localtime(void **state)
{
	static const struct {
		const char *tz, *localtime, *name;
		int64_t offset; /* in November */
	} rows[] = {
		{ "Europe/Berlin", ZONEINFO "/Asia/Kolkata", "Europe/Berlin", 3600 },
		{ ":Europe/Berlin", ZONEINFO "/Asia/Kolkata", "Europe/Berlin", 3600 },
		{ ":" ZONEINFO "/Asia/Kolkata", "/nonexistent", "Asia/Kolkata", 19800 },
		{ "EST5", "/nonexistent", "EST5", -18000 },
		{ "", ZONEINFO "/Asia/Kolkata", "UTC", 0 },
		{ "Nowhere/Else", ZONEINFO "/Asia/Kolkata", "UTC", 0 },
		{ NULL, ZONEINFO "/Asia/Kolkata", "Asia/Kolkata", 19800 },
		{ NULL, "/nonexistent", "UTC", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct zone_set *set = zone_set_new(ZONEINFO, rows[i].tz, rows[i].localtime);
		const struct zone *zone = find(set, NULL, NULL);

		assert_string_equal(zone_name(zone), rows[i].name);
		assert_int_equal(zone_offset(zone, INT64_C(1795530600)), rows[i].offset);
		zone_set_free(set);
	}
}

static void a_zone_is_read_once(void **state)
{
	struct zone_set *set = zone_set_new(ZONEINFO, "UTC", "/nonexistent");
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_ptr_equal(find(set, "Pacific/Apia", &arena), find(set, "Pacific/Apia", &arena));
	assert_string_equal(zone_name(find(set, "CET-1CEST,M3.5.0,M10.5.0/3", &arena)), "CET-1CEST,M3.5.0,M10.5.0/3");
	arena_deinit(&arena);
	zone_set_free(set);
}

static void an_unknown_zone_is_refused_with_the_nearest_name(void **state)
{
	static const struct {
		const char *name, *said;
	} rows[] = {
		{ "Europe/Berln", "did you mean `Europe/Berlin`?" },
		{ "europe/berlin", "did you mean `Europe/Berlin`?" },
		{ "Kolkata", "did you mean `Asia/Kolkata`?" },
		{ "Middle/Earth", "write one as in Europe/Berlin" },
		{ "", "not known here" },
		{ "/etc/localtime", "not known here" },
		{ "../zoneinfo/UTC", "not known here" },
		{ "Europe/../UTC", "not known here" },
		{ "Europe//Berlin", "not known here" },
		{ "Europe/", "not known here" },
		{ "Europe", "not known here" },
		{ "tzdata.zi", "not known here" },
		{ "right/Europe/Berlin", "not known here" },
		{ "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "not known here" },
	};
	struct zone_set *set = zone_set_new(ZONEINFO, "UTC", "/nonexistent");
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct zone *zone = NULL;
		struct refusal refusal = { 0 };

		assert_int_equal(zone_set_find(set, rows[i].name, &arena, &zone, &refusal), ERROR_INVALID_PARAMS);
		assert_null(zone);
		assert_string_equal(refusal.field, "timezone");
		if (!strstr(refusal.message, rows[i].said))
			fail_msg("%s: %s", rows[i].name, refusal.message);
	}
	arena_deinit(&arena);
	zone_set_free(set);
}

static void *find_many(void *set)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia",
		"Asia/Tokyo", "Europe/Paris" };

	for (size_t i = 0; i < 600; i++) {
		const struct zone *zone = NULL;

		if (zone_set_find(set, names[i % COUNT_OF(names)], NULL, &zone, NULL) ||
			!zone_offset(zone, INT64_C(1795530600)))
			return set;
		(void)zone_set_find(set, "Europe/Berln", NULL, &zone, NULL);
	}
	return NULL;
}

static void threads_may_ask_at_once(void **state)
{
	struct zone_set *set = zone_set_new(ZONEINFO, "UTC", "/nonexistent");
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, find_many, set), 0);
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		void *failed = set;

		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
	zone_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_own_zone_is_the_one_of_tz_else_of_localtime),
		cmocka_unit_test(a_zone_is_read_once),
		cmocka_unit_test(an_unknown_zone_is_refused_with_the_nearest_name),
		cmocka_unit_test(threads_may_ask_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
