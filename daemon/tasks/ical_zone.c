/* Time zones that a calendar brings along. */
#include "tasks/ical_zone.h"

#include "common/cleanup.h"
#include "tasks/ical_time.h"
#include "tasks/recurrence_days.h"

#include <string.h>

/* --- reading --- */

/* What a line says of an observance. */
typedef bool (*observance_reader)(struct ical_observance *observance, const char *value, struct arena *arena);

static bool read_start(struct ical_observance *observance, const char *value, struct arena *arena)
{
	struct ical_time time;

	(void)arena;
	observance->has_start = ical_time_parse(value, &time);
	if (observance->has_start)
		observance->start = time.seconds;
	return observance->has_start;
}

static bool read_from(struct ical_observance *observance, const char *value, struct arena *arena)
{
	(void)arena;
	observance->has_from = ical_offset_parse(value, &observance->from);
	return observance->has_from;
}

static bool read_to(struct ical_observance *observance, const char *value, struct arena *arena)
{
	(void)arena;
	observance->has_to = ical_offset_parse(value, &observance->to);
	return observance->has_to;
}

/* No clock changes by a rule that is not of each year. */
static bool read_rule(struct ical_observance *observance, const char *value, struct arena *arena)
{
	struct scan scan = { .text = value, .length = strlen(value), .field = "RRULE" };

	(void)arena;
	observance->has_rule =
		!recurrence_rule_parse(&scan, &observance->rule) && observance->rule.frequency == RECURRENCE_YEARLY;
	return observance->has_rule;
}

static bool read_onsets(struct ical_observance *observance, const char *value, struct arena *arena)
{
	const char *at = value;
	const char *text;

	if (!observance->onsets)
		observance->onsets = arena_array(arena, ICAL_ONSETS_LIMIT, sizeof(*observance->onsets));
	while ((text = ical_line_next_text(&at, arena))) {
		struct ical_time time;

		if (observance->onset_count == ICAL_ONSETS_LIMIT || !ical_time_parse(text, &time))
			return false;
		observance->onsets[observance->onset_count++] = time.seconds;
	}
	return true;
}

static const struct {
	const char *name;
	observance_reader read;
} members[] = {
	{ "DTSTART", read_start },
	{ "RDATE", read_onsets },
	{ "RRULE", read_rule },
	{ "TZOFFSETFROM", read_from },
	{ "TZOFFSETTO", read_to },
};

static bool is_observance(const struct ical_line *line)
{
	return ical_line_is(line, "BEGIN", "STANDARD") || ical_line_is(line, "BEGIN", "DAYLIGHT");
}

static bool add_member(struct ical_zone *zone, const struct ical_line *line, struct arena *arena)
{
	for (size_t i = 0; zone->count && i < COUNT_OF(members); i++)
		if (!strcmp(members[i].name, line->name))
			return members[i].read(&zone->observances[zone->count - 1], line->value, arena);
	return true;
}

enum error ical_zone_add(
	struct ical_zone *zone, const struct ical_line *line, struct arena *arena, struct refusal *refusal)
{
	if (!strcmp(line->name, "TZID"))
		zone->id = line->value;
	else if (!strcmp(line->name, "X-LIC-LOCATION"))
		zone->location = line->value;
	if (is_observance(line) && zone->count == ICAL_OBSERVANCES_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "VTIMEZONE", "VTIMEZONE: it has more than %u changes",
			ICAL_OBSERVANCES_LIMIT);
	if (is_observance(line))
		zone->observances[zone->count++] = (struct ical_observance){ .has_start = false };
	if (add_member(zone, line, arena))
		return ERROR_NONE;
	return refuse(refusal, ERROR_INVALID_PARAMS, "VTIMEZONE",
		"VTIMEZONE: %s is `%.64s`, which is none that a zone has", line->name, line->value);
}

/* --- looking up --- */

/* By the clock before the onset; INT64_MAX: without a bound. */
static int64_t until_of(const struct ical_observance *observance)
{
	const struct recurrence_rule *rule = &observance->rule;

	switch (rule->until_kind) {
	case RECURRENCE_ENDLESS:
		return INT64_MAX;
	case RECURRENCE_UNTIL_DAY:
		return (rule->until + 1) * CALENDAR_DAY_SECONDS - 1;
	case RECURRENCE_UNTIL_LOCAL:
		return rule->until;
	case RECURRENCE_UNTIL_UTC:
		return rule->until + observance->from;
	}
	return INT64_MAX;
}

/* Years are alike, so that there is no need to go through all of them. Outlook begins in 1601. */
static int64_t find_anchor(const struct ical_observance *observance, int64_t first_day, int64_t last)
{
	struct calendar_date first = calendar_date(first_day);
	struct calendar_date date = calendar_date(calendar_day_of(last));

	if (observance->rule.interval > 1 || observance->rule.count || date.year - 2 <= first.year)
		return first_day;
	return calendar_day(date.year - 2, first.month, first.month == 2 && first.day > 28 ? 28 : first.day);
}

static int64_t latest_of_rule(const struct ical_observance *observance, int64_t last)
{
	int64_t first_day = calendar_day_of(observance->start);
	int64_t clock = observance->start - first_day * CALENDAR_DAY_SECONDS;
	int64_t left = observance->rule.count ? observance->rule.count - 1 : ICAL_ONSETS_LIMIT;
	int64_t onset = observance->start, day;
	struct recurrence_walk walk;

	recurrence_walk_init(&walk, &observance->rule, find_anchor(observance, first_day, last));
	while (left-- && recurrence_walk_next(&walk, &day) && day * CALENDAR_DAY_SECONDS + clock <= last)
		onset = day * CALENDAR_DAY_SECONDS + clock;
	return onset;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The latest onset that the clock is behind. False: none is. */
static bool find_onset(const struct ical_observance *observance, int64_t local, int64_t *ret_onset)
{
	int64_t forward = observance->to > observance->from ? observance->to - observance->from : 0;
	int64_t last = local - forward;
	bool is_found = observance->start <= last;

	if (is_found)
		*ret_onset = observance->has_rule ? latest_of_rule(observance, smaller(last, until_of(observance)))
						  : observance->start;
	for (size_t i = 0; i < observance->onset_count; i++)
		if (observance->onsets[i] <= last && (!is_found || observance->onsets[i] > *ret_onset)) {
			*ret_onset = observance->onsets[i];
			is_found = true;
		}
	return is_found;
}

/* Before the first onset of all the clock shows what it shows until then. */
static const struct ical_observance *find_first(const struct ical_zone *zone)
{
	const struct ical_observance *first = NULL;

	for (size_t i = 0; i < zone->count; i++) {
		const struct ical_observance *observance = &zone->observances[i];

		if (observance->has_start && observance->has_from && observance->has_to &&
			(!first || observance->start < first->start))
			first = observance;
	}
	return first;
}

bool ical_zone_offset(const struct ical_zone *zone, int64_t local, int64_t *ret_offset)
{
	const struct ical_observance *first = find_first(zone);
	int64_t latest = INT64_MIN;

	if (!first)
		return false;
	*ret_offset = first->from;
	for (size_t i = 0; i < zone->count; i++) {
		const struct ical_observance *observance = &zone->observances[i];
		int64_t onset;

		if (!observance->has_start || !observance->has_from || !observance->has_to ||
			!find_onset(observance, local, &onset) || onset < latest)
			continue;
		latest = onset;
		*ret_offset = observance->to;
	}
	return true;
}
