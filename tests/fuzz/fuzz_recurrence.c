/* Any bytes as a recurrence: one that reads back from its own text and whose occurrences get later, or a refusal. */
#include "common/text.h"
#include "tasks/recurrence.h"

#include <stdlib.h>
#include <string.h>

#define STEPS 12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

/* The same text, and the same occurrences. */
static void check_round_trip(const struct recurrence_series *series)
{
	struct recurrence recurrence = { 0 };
	struct recurrence_series again = *series;
	char text[RECURRENCE_TEXT_SIZE], twice[RECURRENCE_TEXT_SIZE];

	again.recurrence = &recurrence;
	recurrence_format(series->recurrence, text);
	require(!recurrence_parse(text, strlen(text), "recur", &recurrence, NULL));
	recurrence_format(&recurrence, twice);
	require(strcmp(text, twice) == 0);
	for (int64_t number = 0; number < STEPS; number++) {
		int64_t at = 0, same = 0;

		require(recurrence_occurrence(series, number, &at) == recurrence_occurrence(&again, number, &same));
		require(at == same);
	}
}

/* Step by step, each is what stands at its number. */
static void check_occurrences(const struct recurrence_series *series)
{
	struct recurrence_instance instance = { .number = -1 };
	int64_t now = series->anchor - 1, at = 0;

	for (int i = 0; i < STEPS && recurrence_current(series, instance.number, now, &instance); i++) {
		require(instance.number == i && instance.due > now && instance.opens <= now);
		require(recurrence_occurrence(series, instance.number, &at) && at == instance.due);
		now = instance.due;
	}
	if (recurrence_current(series, -1, now + INT64_C(100000000), &instance))
		require(instance.due > now + INT64_C(100000000) && instance.opens <= now + INT64_C(100000000));
	if (recurrence_after(series, 3, now, &instance))
		require(instance.due > now && instance.number == 4);
	if (recurrence_check(series, "recur", NULL))
		require(!recurrence_occurrence(series, 1, &at));
}

static void check(const char *text, size_t size, const struct zone *zone)
{
	struct refusal refusal = { 0 };
	struct recurrence recurrence = { 0 };
	struct recurrence_series series = {
		.recurrence = &recurrence, .zone = zone, .until = INT64_MAX, .count = INT64_MAX
	};

	if (recurrence_parse(text, size, "recur", &recurrence, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "recur"));
		require(text_is_utf8(refusal.message, strlen(refusal.message)));
		return;
	}
	series.anchor = INT64_C(1769904000); /* 31 January 2026 */
	check_round_trip(&series);
	check_occurrences(&series);
	series.anchor = INT64_C(253370764800); /* 31 December 9998 */
	check_occurrences(&series);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;

	arena_init(&arena);
	check((const char *)data, size, zone_from_rule("CET-1CEST,M3.5.0,M10.5.0/3", &arena));
	arena_deinit(&arena);
	return 0;
}
