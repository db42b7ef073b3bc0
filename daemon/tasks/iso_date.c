/* Days as ISO 8601 writes them. */
#include "tasks/iso_date.h"

#include "tasks/calendar.h"

#define YEAR_DIGITS    4u
#define ORDINAL_DIGITS 3u
#define BASIC_DIGITS   8u

static bool is_letter_here(const struct scan *scan, size_t ahead, char upper)
{
	char byte = scan_peek(scan, ahead);

	return byte == upper || byte == upper + ('a' - 'A');
}

bool iso_date_is_here(const struct scan *scan)
{
	size_t digits = scan_digits(scan, 0);

	if (digits == BASIC_DIGITS)
		return is_letter_here(scan, digits, 'T');
	return digits == YEAR_DIGITS && (scan_peek(scan, digits) == '-' ||
						(is_letter_here(scan, digits, 'W') && scan_is_digit(scan, digits + 1)));
}

/* A dash with a digit behind it belongs to the date, another begins a sum. */
static bool take_dash(struct scan *scan)
{
	if (scan_peek(scan, 0) != '-' || !scan_is_digit(scan, 1))
		return false;
	scan->at++;
	return true;
}

static enum error scan_day_of_month(struct scan *scan, int year, int month, int64_t *ret_day)
{
	int day;
	enum error error = scan_number(scan, "day", 2, 1, 31, &day);

	if (error)
		return error;
	if (day > calendar_days_in_month(year, month))
		return scan_refuse(scan, scan->at - 2, "that month has no such day");
	*ret_day = calendar_day(year, month, day);
	return ERROR_NONE;
}

static enum error scan_ordinal(struct scan *scan, int year, int64_t *ret_day)
{
	int day;
	enum error error = scan_number(scan, "day of the year", ORDINAL_DIGITS, 1, 366, &day);

	if (error)
		return error;
	if (day > calendar_days_in_year(year))
		return scan_refuse(scan, scan->at - ORDINAL_DIGITS, "that year has no such day");
	*ret_day = calendar_day(year, 1, 1) + day - 1;
	return ERROR_NONE;
}

static enum error scan_week(struct scan *scan, int year, bool has_dashes, int64_t *ret_day)
{
	int week, weekday = 1;
	enum error error = scan_number(scan, "week", 2, 1, 53, &week);

	if (error)
		return error;
	if (week > calendar_weeks_in_year(year))
		return scan_refuse(scan, scan->at - 2, "that year has no such week");
	if (has_dashes ? take_dash(scan) : scan_is_digit(scan, 0))
		error = scan_number(scan, "day of the week", 1, 1, 7, &weekday);
	if (!error)
		*ret_day = calendar_first_week(year) + (int64_t)(week - 1) * 7 + weekday - 1;
	return error;
}

static enum error scan_month(struct scan *scan, int year, int64_t *ret_day)
{
	int month;
	enum error error = scan_number(scan, "month", 2, 1, 12, &month);

	if (error)
		return error;
	if (take_dash(scan))
		return scan_day_of_month(scan, year, month, ret_day);
	*ret_day = calendar_day(year, month, 1);
	return ERROR_NONE;
}

static enum error scan_basic(struct scan *scan, int year, int64_t *ret_day)
{
	int month;
	enum error error = scan_number(scan, "month", 2, 1, 12, &month);

	return error ? error : scan_day_of_month(scan, year, month, ret_day);
}

enum error iso_date_scan(struct scan *scan, int64_t *ret_day)
{
	bool is_basic = scan_digits(scan, 0) == BASIC_DIGITS;
	bool has_dashes;
	int year;
	enum error error = scan_number(scan, "year", YEAR_DIGITS, 1, 9999, &year);

	if (error)
		return error;
	if (is_basic)
		return scan_basic(scan, year, ret_day);
	has_dashes = scan_take(scan, '-');
	if (scan_take(scan, 'W'))
		return scan_week(scan, year, has_dashes, ret_day);
	if (scan_digits(scan, 0) == ORDINAL_DIGITS)
		return scan_ordinal(scan, year, ret_day);
	return scan_month(scan, year, ret_day);
}
