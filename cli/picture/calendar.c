/* A month is a block of lines, and blocks stand beside each other; each day has a sign behind it where it matters. */
#include "picture/calendar.h"

#include "common/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_OF_WEEK 7
#define WEEKS_MOST   6
#define WEEK_WIDTH   3 /* the number of the week, and a space */
#define DAY_WIDTH    3 /* two digits and a sign */
#define BLOCK_WIDTH  (WEEK_WIDTH + DAYS_OF_WEEK * DAY_WIDTH)
#define BLOCK_GAP    2
#define BLOCKS_MOST  3 /* beside each other, as a year has them on a page */
#define LISTED_MOST  12

void calendar_init(struct calendar *calendar, struct month first, int count, bool starts_on_sunday, int64_t today)
{
	int64_t first_day = month_day_number(first, 1);

	*calendar = (struct calendar){ .first = first,
		.count = count,
		.starts_on_sunday = starts_on_sunday,
		.today = today,
		.first_day = first_day,
		.day_count = month_day_number(month_add(first, count), 1) - first_day };
	calendar->days = memory_array((size_t)calendar->day_count, sizeof(*calendar->days));
}

void calendar_deinit(struct calendar *calendar)
{
	free(calendar->days);
	calendar->days = NULL;
}

static const struct calendar_day *find_day(const struct calendar *calendar, int64_t day_number)
{
	static const struct calendar_day nothing = { 0 };
	int64_t place = day_number - calendar->first_day;

	return place >= 0 && place < calendar->day_count ? &calendar->days[place] : &nothing;
}

static int64_t count_of(const json_t *day, const char *name)
{
	return json_integer_value(json_object_get(day, name));
}

void calendar_take(struct calendar *calendar, const json_t *days)
{
	const json_t *day;
	size_t index;

	json_array_foreach (days, index, day) {
		const char *date = json_string_value(json_object_get(day, "date"));
		int64_t number;

		if (!date || !month_parse_day(date, &number) || number < calendar->first_day ||
			number >= calendar->first_day + calendar->day_count)
			continue;
		calendar->days[number - calendar->first_day] = (struct calendar_day){ .due = count_of(day, "due"),
			.overdue = count_of(day, "overdue"),
			.scheduled = count_of(day, "scheduled"),
			.waiting = count_of(day, "waiting"),
			.done = count_of(day, "done") };
	}
}

/* --- a month --- */

/* Where in its week the day stands, from 0. */
static int column_of(const struct calendar *calendar, int64_t day_number)
{
	int weekday = month_weekday(day_number);

	return calendar->starts_on_sunday ? weekday : (weekday + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
}

/* The day of the month at a place of its block; less than 1 or more than it has: none. */
static int day_at(const struct calendar *calendar, struct month month, int week, int column)
{
	return 1 + week * DAYS_OF_WEEK + column - column_of(calendar, month_day_number(month, 1));
}

static bool has_week(const struct calendar *calendar, struct month month, int week)
{
	return day_at(calendar, month, week, 0) <= month_length(month);
}

static bool is_weekend(int64_t day_number)
{
	int weekday = month_weekday(day_number);

	return weekday == 0 || weekday == DAYS_OF_WEEK - 1;
}

static enum theme_role role_of(const struct calendar *calendar, int64_t day_number)
{
	const struct calendar_day *day = find_day(calendar, day_number);

	if (day_number == calendar->today)
		return ROLE_TODAY;
	if (day->overdue)
		return ROLE_OVERDUE;
	if (day->due)
		return ROLE_DUE_SOON;
	if (day->scheduled)
		return ROLE_SCHEDULED;
	return is_weekend(day_number) ? ROLE_WEEKEND : ROLE_PLAIN;
}

/* Whatever the colours are, the sign says it too. */
static char sign_of(const struct calendar *calendar, int64_t day_number)
{
	const struct calendar_day *day = find_day(calendar, day_number);

	if (day->overdue)
		return '!';
	if (day->due)
		return '*';
	if (day->scheduled)
		return '+';
	return day_number == calendar->today ? '<' : ' ';
}

static void append_spaces(struct buffer *out, int count)
{
	buffer_printf(out, "%*s", count, "");
}

/* A sign that is none stands outside of the style, so that lines can be trimmed. */
static void append_day(
	const struct calendar *calendar, int64_t day_number, int day, const struct theme *theme, struct buffer *out)
{
	enum theme_role role = role_of(calendar, day_number);
	char sign = sign_of(calendar, day_number);
	char text[8];

	(void)snprintf(text, sizeof(text), sign == ' ' ? "%2d" : "%2d%c", day, sign);
	theme_append(out, theme, role, text);
	append_spaces(out, sign == ' ');
}

static void append_week(
	const struct calendar *calendar, struct month month, int week, const struct theme *theme, struct buffer *out)
{
	int64_t first = month_day_number(month, day_at(calendar, month, week, 0));
	char number[8];

	if (!has_week(calendar, month, week)) {
		append_spaces(out, BLOCK_WIDTH);
		return;
	}
	(void)snprintf(number, sizeof(number), "%2d", month_week(calendar->starts_on_sunday ? first + 1 : first));
	theme_append(out, theme, ROLE_WEEK_NUMBER, number);
	buffer_append_char(out, ' ');
	for (int column = 0; column < DAYS_OF_WEEK; column++) {
		int day = day_at(calendar, month, week, column);

		if (day < 1 || day > month_length(month))
			append_spaces(out, DAY_WIDTH);
		else
			append_day(calendar, month_day_number(month, day), day, theme, out);
	}
}

static void append_title(struct month month, const struct theme *theme, struct buffer *out)
{
	char title[32];
	int length = snprintf(title, sizeof(title), "%s %d", month_names[month.number - 1], month.year);
	int before = WEEK_WIDTH + (BLOCK_WIDTH - WEEK_WIDTH - length) / 2;

	append_spaces(out, before);
	theme_append(out, theme, ROLE_TITLE, title);
	append_spaces(out, BLOCK_WIDTH - before - length);
}

static void append_weekdays(const struct calendar *calendar, const struct theme *theme, struct buffer *out)
{
	append_spaces(out, WEEK_WIDTH);
	for (int column = 0; column < DAYS_OF_WEEK; column++) {
		int weekday = (column + !calendar->starts_on_sunday) % DAYS_OF_WEEK;

		theme_append(out, theme, ROLE_FAINT, weekday_names[weekday]);
		buffer_append_char(out, ' ');
	}
}

/* --- months beside each other --- */

int calendar_months_in(unsigned width)
{
	int count = ((int)width + BLOCK_GAP) / (BLOCK_WIDTH + BLOCK_GAP);

	if (!width || count > BLOCKS_MOST)
		return BLOCKS_MOST;
	return count < 1 ? 1 : count;
}

static void end_line(struct buffer *out, size_t start)
{
	while (out->length > start && out->data[out->length - 1] == ' ')
		out->length--;
	buffer_append_char(out, '\n');
}

/* The lines of a block: its title, the weekdays, the weeks. */
#define LINE_TITLE    0
#define LINE_WEEKDAYS 1
#define LINE_WEEKS    2

static void append_block_line(
	const struct calendar *calendar, struct month month, int line, const struct theme *theme, struct buffer *out)
{
	if (line == LINE_TITLE)
		append_title(month, theme, out);
	else if (line == LINE_WEEKDAYS)
		append_weekdays(calendar, theme, out);
	else
		append_week(calendar, month, line - LINE_WEEKS, theme, out);
}

static bool has_line(const struct calendar *calendar, int first, int end, int line)
{
	if (line < LINE_WEEKS)
		return true;
	for (int i = first; i < end; i++)
		if (has_week(calendar, month_add(calendar->first, i), line - LINE_WEEKS))
			return true;
	return false;
}

static void append_row(
	const struct calendar *calendar, int first, int end, const struct theme *theme, struct buffer *out)
{
	for (int line = 0; line < LINE_WEEKS + WEEKS_MOST && has_line(calendar, first, end, line); line++) {
		size_t start = out->length;

		for (int i = first; i < end; i++) {
			append_spaces(out, i > first ? BLOCK_GAP : 0);
			append_block_line(calendar, month_add(calendar->first, i), line, theme, out);
		}
		end_line(out, start);
	}
}

/* --- below them --- */

static void append_legend(const struct theme *theme, struct buffer *out)
{
	static const struct {
		const char *text;
		enum theme_role role;
	} entries[] = {
		{ "< today", ROLE_TODAY },
		{ "* due", ROLE_DUE_SOON },
		{ "! overdue", ROLE_OVERDUE },
		{ "+ scheduled", ROLE_SCHEDULED },
	};

	buffer_append_char(out, '\n');
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		buffer_append_text(out, i ? "  " : "");
		theme_append(out, theme, entries[i].role, entries[i].text);
	}
	buffer_append_char(out, '\n');
}

static int64_t count_due_days(const struct calendar *calendar)
{
	int64_t count = 0;

	for (int64_t i = 0; i < calendar->day_count; i++)
		count += calendar->days[i].due > 0;
	return count;
}

static void append_due_day(struct month month, int day, int64_t day_number, const struct calendar_day *found,
	const struct theme *theme, struct buffer *out)
{
	char text[96];

	(void)snprintf(text, sizeof(text), "%s %04d-%02d-%02d  %" PRId64 " due",
		weekday_names[month_weekday(day_number)], month.year, month.number, day, found->due);
	theme_append(out, theme, found->overdue ? ROLE_OVERDUE : ROLE_DUE_SOON, text);
	if (found->overdue)
		buffer_printf(out, ", %" PRId64 " overdue", found->overdue);
	buffer_append_char(out, '\n');
}

/* By their dates, as long as they are a list that is read at a glance. */
static void append_due_days(const struct calendar *calendar, const struct theme *theme, struct buffer *out)
{
	int64_t due_days = count_due_days(calendar);

	if (!due_days || due_days > LISTED_MOST)
		return;
	buffer_append_char(out, '\n');
	for (int i = 0; i < calendar->count; i++) {
		struct month month = month_add(calendar->first, i);

		for (int day = 1; day <= month_length(month); day++) {
			int64_t number = month_day_number(month, day);

			if (find_day(calendar, number)->due)
				append_due_day(month, day, number, find_day(calendar, number), theme, out);
		}
	}
}

void calendar_draw(const struct calendar *calendar, unsigned width, const struct theme *theme, struct buffer *out)
{
	int beside = calendar_months_in(width);

	for (int first = 0; first < calendar->count; first += beside) {
		int end = first + beside < calendar->count ? first + beside : calendar->count;

		if (first)
			buffer_append_char(out, '\n');
		append_row(calendar, first, end, theme, out);
	}
	append_legend(theme, out);
	append_due_days(calendar, theme, out);
}
