/* Words for days and moments: one table. */
#include "tasks/date_words.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <string.h>
#include <strings.h>

#define ABBREVIATION_LENGTH 3u
#define MONTHS_PER_QUARTER  3

enum period { DAY_PERIOD, WEEK_PERIOD, WORK_WEEK_PERIOD, MONTH_PERIOD, QUARTER_PERIOD, YEAR_PERIOD };

struct setting {
	int64_t today;
	enum weekday week_start;
};

struct row {
	const char *name;
	enum date_word_kind kind;
	int64_t (*day)(const struct row *row, const struct setting *setting);
	enum period period;
	int number; /* days, periods, a weekday or a month */
	bool is_abbreviable;
};

/* --- rules: every word that names no distance means the next one, never today --- */

static int64_t relative_day(const struct row *row, const struct setting *setting)
{
	return setting->today + row->number;
}

/* Taskwarrior's far future: the last day but one that every clock on earth can show. */
static int64_t far_day(const struct row *row, const struct setting *setting)
{
	(void)row;
	(void)setting;
	return calendar_day(9999, 12, 30);
}

static int64_t next_weekday(const struct row *row, const struct setting *setting)
{
	return calendar_weekday_from(setting->today + 1, (enum weekday)row->number);
}

static int64_t next_month(const struct row *row, const struct setting *setting)
{
	struct calendar_date today = calendar_date(setting->today);

	return calendar_day(today.year + (today.month >= row->number), row->number, 1);
}

static int64_t next_easter(const struct row *row, const struct setting *setting)
{
	int year = calendar_date(setting->today).year;
	int64_t day = calendar_easter(year) + row->number;

	return day > setting->today ? day : calendar_easter(year + 1) + row->number;
}

/* The Saturday from 20 June on, or the Friday before it. */
static int64_t next_midsummer(const struct row *row, const struct setting *setting)
{
	int year = calendar_date(setting->today).year;
	int64_t day = calendar_weekday_from(calendar_day(year, 6, 20), SATURDAY) + row->number;

	return day > setting->today ? day
				    : calendar_weekday_from(calendar_day(year + 1, 6, 20), SATURDAY) + row->number;
}

static int64_t start_of_week(const struct setting *setting, int shift)
{
	return calendar_weekday_from(setting->today - 6, setting->week_start) + (int64_t)shift * 7;
}

static int64_t start_of_months(const struct setting *setting, int months, int shift)
{
	struct calendar_date today = calendar_date(setting->today);
	int first = today.month - (today.month - 1) % months;

	return calendar_add_months(calendar_day(today.year, first, 1), (int64_t)shift * months);
}

static int64_t start_of(enum period period, const struct setting *setting, int shift)
{
	switch (period) {
	case DAY_PERIOD:
		return setting->today + shift;
	case WEEK_PERIOD:
		return start_of_week(setting, shift);
	case WORK_WEEK_PERIOD:
		return calendar_weekday_from(start_of_week(setting, shift), MONDAY);
	case MONTH_PERIOD:
		return start_of_months(setting, 1, shift);
	case QUARTER_PERIOD:
		return start_of_months(setting, MONTHS_PER_QUARTER, shift);
	case YEAR_PERIOD:
		return start_of_months(setting, 12, shift);
	}
	return setting->today;
}

static int64_t period_start(const struct row *row, const struct setting *setting)
{
	return start_of(row->period, setting, row->number);
}

static int64_t period_end(const struct row *row, const struct setting *setting)
{
	if (row->period == WORK_WEEK_PERIOD)
		return start_of(WORK_WEEK_PERIOD, setting, row->number) + FRIDAY;
	return start_of(row->period, setting, row->number + 1) - 1;
}

int64_t date_word_day_of_month(int number, int64_t today)
{
	struct calendar_date date = calendar_date(today);
	int64_t first = calendar_day(date.year, date.month, 1);
	bool is_over = date.day >= number;

	for (int i = is_over;; i++) {
		struct calendar_date month = calendar_date(calendar_add_months(first, i));

		if (calendar_days_in_month(month.year, month.month) >= number)
			return calendar_day(month.year, month.month, number);
	}
}

/* --- the table --- */

#define AT(word_name, word_kind, rule, word_number)                                                                    \
	{                                                                                                              \
		.name = (word_name), .kind = (word_kind), .day = (rule), .number = (word_number)                       \
	}
#define NAME_OF(word_name, rule, word_number)                                                                          \
	{                                                                                                              \
		.name = (word_name), .kind = DATE_WORD_DAY, .day = (rule), .number = (word_number),                    \
		.is_abbreviable = true                                                                                 \
	}
#define ENDS_OF(letters, which, shift, shift_letter)                                                                   \
	{ .name = "so" shift_letter letters,                                                                           \
		.kind = DATE_WORD_START,                                                                               \
		.day = period_start,                                                                                   \
		.period = (which),                                                                                     \
		.number = (shift) },                                                                                   \
	{                                                                                                              \
		.name = "eo" shift_letter letters, .kind = DATE_WORD_END, .day = period_end, .period = (which),        \
		.number = (shift)                                                                                      \
	}
#define PERIOD(letters, which)                                                                                         \
	ENDS_OF(letters, which, 0, ""), ENDS_OF(letters, which, -1, "p"), ENDS_OF(letters, which, 1, "n")

static const struct row rows[] = {
	AT("now", DATE_WORD_NOW, relative_day, 0),
	AT("today", DATE_WORD_DAY, relative_day, 0),
	AT("yesterday", DATE_WORD_DAY, relative_day, -1),
	AT("tomorrow", DATE_WORD_DAY, relative_day, 1),
	AT("later", DATE_WORD_DAY, far_day, 0),
	AT("someday", DATE_WORD_DAY, far_day, 0),
	NAME_OF("monday", next_weekday, MONDAY),
	NAME_OF("tuesday", next_weekday, TUESDAY),
	NAME_OF("wednesday", next_weekday, WEDNESDAY),
	NAME_OF("thursday", next_weekday, THURSDAY),
	NAME_OF("friday", next_weekday, FRIDAY),
	NAME_OF("saturday", next_weekday, SATURDAY),
	NAME_OF("sunday", next_weekday, SUNDAY),
	NAME_OF("january", next_month, 1),
	NAME_OF("february", next_month, 2),
	NAME_OF("march", next_month, 3),
	NAME_OF("april", next_month, 4),
	NAME_OF("may", next_month, 5),
	NAME_OF("june", next_month, 6),
	NAME_OF("july", next_month, 7),
	NAME_OF("august", next_month, 8),
	NAME_OF("september", next_month, 9),
	NAME_OF("october", next_month, 10),
	NAME_OF("november", next_month, 11),
	NAME_OF("december", next_month, 12),
	PERIOD("d", DAY_PERIOD),
	PERIOD("w", WEEK_PERIOD),
	PERIOD("ww", WORK_WEEK_PERIOD),
	PERIOD("m", MONTH_PERIOD),
	PERIOD("q", QUARTER_PERIOD),
	PERIOD("y", YEAR_PERIOD),
	AT("goodfriday", DATE_WORD_DAY, next_easter, -2),
	AT("easter", DATE_WORD_DAY, next_easter, 0),
	AT("eastermonday", DATE_WORD_DAY, next_easter, 1),
	AT("ascension", DATE_WORD_DAY, next_easter, 39),
	AT("pentecost", DATE_WORD_DAY, next_easter, 49),
	AT("midsommar", DATE_WORD_DAY, next_midsummer, 0),
	AT("midsommarafton", DATE_WORD_DAY, next_midsummer, -1),
	AT("juhannus", DATE_WORD_DAY, next_midsummer, -1),
};

/* --- finding --- */

const char *date_word_name(size_t index)
{
	return index < COUNT_OF(rows) ? rows[index].name : NULL;
}

const char *date_word_nearest(const char *word)
{
	const char *names[COUNT_OF(rows) + 1];

	for (size_t i = 0; i <= COUNT_OF(rows); i++)
		names[i] = date_word_name(i);
	return text_nearest(word, names);
}

static bool is_row(const struct row *row, const char *word, size_t length)
{
	size_t whole = strlen(row->name);

	if (length > whole || strncasecmp(row->name, word, length) != 0)
		return false;
	return length == whole || (row->is_abbreviable && length >= ABBREVIATION_LENGTH);
}

bool date_word_scan(struct scan *scan, int64_t today, enum weekday week_start, struct date_word *ret_word)
{
	const struct setting setting = { .today = today, .week_start = week_start };
	size_t length = scan_letters(scan, 0);

	for (size_t i = 0; length && i < COUNT_OF(rows); i++) {
		if (!is_row(&rows[i], scan->text + scan->at, length))
			continue;
		scan->at += length;
		*ret_word = (struct date_word){ .kind = rows[i].kind, .day = rows[i].day(&rows[i], &setting) };
		return true;
	}
	return false;
}
