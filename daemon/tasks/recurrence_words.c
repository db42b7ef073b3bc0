/* Words for periods: one table. */
#include "tasks/recurrence_words.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/duration.h"

#include <stdio.h>
#include <string.h>

#define YEAR_LIMIT 1000
#define WORD_SIZE  16u

struct row {
	const char *name;
	enum recurrence_kind kind;
	int64_t months, days;
};

/* The first of several with the same meaning is what is written. */
static const struct row rows[] = {
	{ .name = "daily", .days = 1 },
	{ .name = "weekdays", .kind = RECURRENCE_WEEKDAYS },
	{ .name = "weekly", .days = 7 },
	{ .name = "biweekly", .days = 14 },
	{ .name = "fortnight", .days = 14 },
	{ .name = "monthly", .months = 1 },
	{ .name = "bimonthly", .months = 2 },
	{ .name = "quarterly", .months = 3 },
	{ .name = "semiannual", .months = 6 },
	{ .name = "yearly", .months = 12 },
	{ .name = "annual", .months = 12 },
	{ .name = "biannual", .months = 24 },
	{ .name = "biyearly", .months = 24 },
};

const char *recurrence_word_name(size_t index)
{
	return index < COUNT_OF(rows) ? rows[index].name : NULL;
}

/* --- reading --- */

static const struct row *take_row(struct scan *scan)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (scan_take_word(scan, rows[i].name))
			return &rows[i];
	return NULL;
}

/* A word that is no length of time either. */
static enum error refuse_word(const struct scan *scan)
{
	const char *names[COUNT_OF(rows) + 1] = { NULL };
	size_t length = scan_letters(scan, 0);
	char word[WORD_SIZE];
	const char *nearest;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		names[i] = rows[i].name;
	if (!length || length >= sizeof(word))
		return scan_refuse(scan, scan->at, "expected a word, a length of time or a rule");
	for (size_t i = 0; i < length; i++)
		word[i] = text_ascii_lower(scan->text[scan->at + i]);
	word[length] = '\0';
	nearest = text_nearest(word, names);
	if (nearest)
		return scan_refuse(scan, scan->at, "`%s` is no recurrence; did you mean `%s`?", word, nearest);
	return scan_refuse(scan, scan->at, "`%s` is no recurrence", word);
}

/* Whether the duration's own words say best what is wrong: a number is there, or one of its words. */
static bool is_duration_here(const struct scan *scan)
{
	size_t length = scan_letters(scan, 0);

	if (scan_is_digit(scan, 0) || duration_is_iso_here(scan) || scan_is_word(scan, scan->at, length, "a") ||
		scan_is_word(scan, scan->at, length, "an"))
		return true;
	for (size_t i = 0; duration_unit_name(i); i++)
		if (scan_is_word(scan, scan->at, length, duration_unit_name(i)))
			return true;
	return false;
}

/* `2 weekdays` would be two days, which nobody means by it. */
static enum error refuse_counted_weekdays(const struct scan *scan)
{
	static const char word[] = "weekdays";
	struct scan ahead = *scan;

	for (; !scan_is_end(&ahead); ahead.at++)
		if (scan_is_word(&ahead, ahead.at, scan_letters(&ahead, 0), word))
			return scan_refuse(&ahead, ahead.at, "expected `weekdays` to stand alone");
	return ERROR_NONE;
}

static enum error check_period(const struct scan *scan, size_t start, const struct duration *duration)
{
	if (duration->seconds)
		return scan_refuse(scan, start, "expected whole days: a task recurs once a day at most");
	if (!duration->months && !duration->days)
		return scan_refuse(scan, start, "expected a day or more");
	if (duration->months + duration->days / 31 > INT64_C(12) * YEAR_LIMIT)
		return scan_refuse(scan, start, "expected no more than %d years", YEAR_LIMIT);
	return ERROR_NONE;
}

static enum error read_period(struct scan *scan, struct recurrence *recurrence)
{
	size_t start = scan->at;
	struct duration duration = { 0 };
	enum error error;

	if (!is_duration_here(scan))
		return refuse_word(scan);
	error = refuse_counted_weekdays(scan);
	if (!error)
		error = duration_scan(scan, &duration);
	if (!error)
		error = check_period(scan, start, &duration);
	recurrence->months = duration.months;
	recurrence->days = duration.days;
	return error;
}

enum error recurrence_words_parse(struct scan *scan, struct recurrence *ret_recurrence)
{
	struct recurrence recurrence = { .kind = RECURRENCE_PERIOD };
	const struct row *row;
	enum error error = ERROR_NONE;

	if (scan->length > DURATION_TEXT_LIMIT)
		return refuse(scan->refusal, ERROR_INVALID_PARAMS, scan->field, "%s is longer than %u bytes",
			scan->field, DURATION_TEXT_LIMIT);
	scan_skip_spaces(scan);
	row = take_row(scan);
	if (row)
		recurrence = (struct recurrence){ .kind = row->kind, .months = row->months, .days = row->days };
	else
		error = read_period(scan, &recurrence);
	scan_skip_spaces(scan);
	if (!error && !scan_is_end(scan))
		error = scan_refuse(scan, scan->at, "expected nothing more");
	if (!error)
		*ret_recurrence = recurrence;
	return error;
}

/* --- writing --- */

static bool is_row(const struct row *row, const struct recurrence *recurrence)
{
	return row->kind == recurrence->kind && row->months == recurrence->months && row->days == recurrence->days;
}

void recurrence_words_format(const struct recurrence *recurrence, char ret_text[RECURRENCE_TEXT_SIZE])
{
	const struct duration duration = { .months = recurrence->months, .days = recurrence->days };

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (is_row(&rows[i], recurrence)) {
			(void)snprintf(ret_text, RECURRENCE_TEXT_SIZE, "%s", rows[i].name);
			return;
		}
	duration_format(&duration, ret_text);
}
