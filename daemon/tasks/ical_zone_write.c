/* Our time zones, for calendars that others will read. */
#include "tasks/ical_zone.h"

#include "tasks/calendar.h"
#include "tasks/ical_time.h"

#define RULE_YEARS   8u                                  /* that are alike make a rule */
#define LAST_YEAR    2099                                /* that is looked at */
#define STEP         (INT64_C(7) * CALENDAR_DAY_SECONDS) /* no clock is changed twice within so long */
#define PAIRS_LIMIT  ICAL_OBSERVANCES_LIMIT
#define ONSETS_LIMIT ICAL_ONSETS_LIMIT

/* Every onset at which one offset becomes another. */
struct pair {
	int64_t from, to;
	size_t count;
	int64_t onsets[ONSETS_LIMIT];
};

struct changes {
	size_t count;
	struct pair *pairs; /* in the arena */
};

static struct pair *find_pair(struct changes *changes, int64_t from, int64_t to)
{
	struct pair *pair = changes->pairs;

	for (size_t i = 0; i < changes->count; i++, pair++)
		if (pair->from == from && pair->to == to)
			return pair;
	if (changes->count == PAIRS_LIMIT)
		return NULL;
	changes->count++;
	*pair = (struct pair){ .from = from, .to = to };
	return pair;
}

static void add_change(struct changes *changes, int64_t at, int64_t from, int64_t to)
{
	struct pair *pair = find_pair(changes, from, to);

	if (pair && pair->count < ONSETS_LIMIT)
		pair->onsets[pair->count++] = at + from;
}

/* The first second of (`before`, `behind`] that has the offset of `behind`. */
static int64_t find_change(const struct zone *zone, int64_t before, int64_t behind)
{
	int64_t to = zone_offset(zone, behind);

	while (behind - before > 1) {
		int64_t middle = before + (behind - before) / 2;

		if (zone_offset(zone, middle) == to)
			behind = middle;
		else
			before = middle;
	}
	return behind;
}

static void find_changes(const struct zone *zone, struct changes *changes)
{
	const int64_t end = calendar_day(LAST_YEAR + 1, 1, 1) * CALENDAR_DAY_SECONDS;
	int64_t from = zone_offset(zone, 0);

	add_change(changes, -from, from, from);
	for (int64_t at = STEP; at < end; at += STEP) {
		int64_t to = zone_offset(zone, at);

		if (to != from)
			add_change(changes, find_change(zone, at - STEP, at), from, to);
		from = to;
	}
}

static void write_offset(struct ical_writer *writer, const char *name, int64_t offset)
{
	char text[ICAL_OFFSET_SIZE];

	ical_offset_format(offset, text);
	ical_writer_value(writer, name, text);
}

static void write_onset(struct ical_writer *writer, const char *name, int64_t onset)
{
	char text[ICAL_TIME_SIZE];

	ical_time_format(&(struct ical_time){ .kind = ICAL_CLOCK, .seconds = onset }, text);
	ical_writer_value(writer, name, text);
}

static void begin_observance(struct ical_writer *writer, const struct pair *pair, int64_t onset)
{
	ical_writer_value(writer, "BEGIN", pair->to > pair->from ? "DAYLIGHT" : "STANDARD");
	write_onset(writer, "DTSTART", onset);
	write_offset(writer, "TZOFFSETFROM", pair->from);
	write_offset(writer, "TZOFFSETTO", pair->to);
}

static void end_observance(struct ical_writer *writer, const struct pair *pair)
{
	ical_writer_value(writer, "END", pair->to > pair->from ? "DAYLIGHT" : "STANDARD");
}

/* --- rules: what is alike in each year --- */

struct yearly {
	int month, week; /* week: of this weekday in the month, from 1; -1: its last */
	enum weekday weekday;
	int64_t clock; /* seconds since midnight */
};

static struct yearly yearly_of(int64_t onset, bool from_end)
{
	int64_t day = calendar_day_of(onset);
	struct calendar_date date = calendar_date(day);
	bool is_last = date.day + 7 > calendar_days_in_month(date.year, date.month);

	return (struct yearly){ .month = date.month,
		.week = from_end && is_last ? -1 : (date.day - 1) / 7 + 1,
		.weekday = calendar_weekday(day),
		.clock = onset - day * CALENDAR_DAY_SECONDS };
}

static bool is_alike(int64_t onset, int64_t later, bool from_end)
{
	struct yearly a = yearly_of(onset, from_end);
	struct yearly b = yearly_of(later, from_end);

	return a.month == b.month && a.week == b.week && a.weekday == b.weekday && a.clock == b.clock &&
	       calendar_date(calendar_day_of(onset)).year + 1 == calendar_date(calendar_day_of(later)).year;
}

/* Where the years begin that are alike until the end of time; `count`: nowhere. */
static size_t find_run(const struct pair *pair, bool from_end)
{
	size_t start = pair->count - 1;

	if (calendar_date(calendar_day_of(pair->onsets[start])).year < LAST_YEAR)
		return pair->count;
	while (start && is_alike(pair->onsets[start - 1], pair->onsets[start], from_end))
		start--;
	return pair->count - start >= RULE_YEARS ? start : pair->count;
}

static void write_rule(struct ical_writer *writer, const struct pair *pair, size_t start, bool from_end)
{
	struct yearly yearly = yearly_of(pair->onsets[start], from_end);

	begin_observance(writer, pair, pair->onsets[start]);
	ical_writer_begin(writer, "RRULE");
	buffer_printf(writer->out, ":FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", yearly.month, yearly.week,
		recurrence_weekday_names[yearly.weekday]);
	ical_writer_end(writer, "");
	end_observance(writer, pair);
}

static void write_list(struct ical_writer *writer, const struct pair *pair, size_t count)
{
	begin_observance(writer, pair, pair->onsets[0]);
	for (size_t i = 1; i < count; i++)
		write_onset(writer, "RDATE", pair->onsets[i]);
	end_observance(writer, pair);
}

static void write_pair(struct ical_writer *writer, const struct pair *pair)
{
	size_t last = find_run(pair, true);
	size_t nth = find_run(pair, false);
	bool from_end = last <= nth;
	size_t start = from_end ? last : nth;

	if (start)
		write_list(writer, pair, start);
	if (start < pair->count)
		write_rule(writer, pair, start, from_end);
}

void ical_zone_write(struct ical_writer *writer, const struct zone *zone)
{
	struct changes changes = { .count = 0 };
	struct arena arena;

	arena_init(&arena);
	changes.pairs = arena_array(&arena, PAIRS_LIMIT, sizeof(*changes.pairs));
	find_changes(zone, &changes);
	ical_writer_value(writer, "BEGIN", "VTIMEZONE");
	ical_writer_value(writer, "TZID", zone_name(zone));
	ical_writer_value(writer, "X-LIC-LOCATION", zone_name(zone));
	for (size_t i = 0; i < changes.count; i++)
		write_pair(writer, &changes.pairs[i]);
	ical_writer_value(writer, "END", "VTIMEZONE");
	arena_deinit(&arena);
}
