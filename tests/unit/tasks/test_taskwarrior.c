/* Where Taskwarrior is installed, words and units mean what they mean there; taskctl-dates(7) names the exceptions. */
#include "common/cleanup.h"
#include "tasks/date.h"
#include "tasks/date_words.h"
#include "tasks/duration.h"
#include "tasks/recurrence.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define ANSWER_SIZE 64
#define INSTANCES   4 /* of each recurring task */

/* What `task calc` makes of it, by UTC's clock; empty: nothing. */
static void ask_peer(const char *text, char ret_answer[ANSWER_SIZE])
{
	char command[192];
	FILE *pipe;

	(void)snprintf(command, sizeof(command),
		"TZ=UTC TASKRC=/dev/null TASKDATA=/tmp task rc.verbose=nothing rc.gc=off rc.weekstart=monday calc '%s' "
		"2>/dev/null",
		text);
	pipe = popen(command, "re"); /* NOLINT(cert-env33-c): a test, and only texts of its own */
	assert_non_null(pipe);
	if (!fgets(ret_answer, ANSWER_SIZE, pipe))
		ret_answer[0] = '\0';
	(void)pclose(pipe);
	ret_answer[strcspn(ret_answer, "\n")] = '\0';
}

static void need_peer(void)
{
	char answer[ANSWER_SIZE];

	ask_peer("3days", answer);
	if (strcmp(answer, "P3D") == 0)
		return;
	print_message("taskwarrior is not here: nothing to compare with\n");
	skip();
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

static struct duration parse(const char *text)
{
	struct refusal refusal = { 0 };
	struct duration duration = { 0 };

	if (duration_parse(text, strlen(text), "recur", &duration, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	return duration;
}

/* Months and longer are by the calendar here and have a length of their own there, so what is compared is shorter. */
static void units_up_to_weeks_are_as_long(void **state)
{
	static const char *const exceptions[] = { "sennight", NULL };

	(void)state;
	need_peer();
	for (size_t i = 0; duration_unit_name(i); i++) {
		char text[32], answer[ANSWER_SIZE];
		struct duration ours, theirs;

		(void)snprintf(text, sizeof(text), "2%s", duration_unit_name(i));
		ours = parse(text);
		if (ours.months || is_one_of(duration_unit_name(i), exceptions))
			continue;
		ask_peer(text, answer);
		theirs = parse(answer);
		if (theirs.days * 86400 + theirs.seconds != ours.days * 86400 + ours.seconds)
			fail_msg("%s is %s there", text, answer);
	}
}

static bool compare_word(const char *word)
{
	struct date_context context = { .zone = &zone_utc };
	int64_t ours = 0, theirs = 0;
	char answer[ANSWER_SIZE];

	ask_peer(word, answer);
	context.now = (int64_t)time(NULL);
	assert_int_equal(date_parse(word, strlen(word), &context, "due", &ours, NULL), ERROR_NONE);
	if (date_parse(answer, strlen(answer), &context, "due", &theirs, NULL))
		fail_msg("%s is `%s` there", word, answer);
	return ours == theirs;
}

static void words_mean_the_same(void **state)
{
	static const char *const exceptions[] = { "now", "midsommarafton", "juhannus", NULL };

	(void)state;
	need_peer();
	for (size_t i = 0; date_word_name(i); i++) {
		const char *word = date_word_name(i);

		/* Midnight may pass in between once. */
		if (!is_one_of(word, exceptions) && !compare_word(word) && !compare_word(word))
			fail_msg("%s means another time there", word);
	}
}

/* --- recurrence: one template for each word, and what is made of them all at once --- */

/* A Thursday, and a day that every month has: Taskwarrior goes on from a shorter month's last day, we do not. */
#define ANCHOR "20990115T170000Z"

static int64_t time_in(const char *line, const char *name)
{
	const struct date_context context = { .zone = &zone_utc };
	const char *start = strstr(line, name);
	int64_t seconds = 0;

	assert_non_null(start);
	start += strlen(name);
	assert_int_equal(date_parse(start, strcspn(start, "\""), &context, "due", &seconds, NULL), ERROR_NONE);
	return seconds;
}

static FILE *ask_for_instances(void)
{
	char command[8192];
	size_t length = (size_t)snprintf(command, sizeof(command),
		"folder=$(mktemp -d) || exit; export TZ=UTC TASKRC=/dev/null TASKDATA=\"$folder\"; "
		"task=\"task rc.confirmation=no rc.verbose=nothing rc.recurrence.limit=%d\"; echo '[",
		INSTANCES);
	FILE *pipe;

	for (size_t i = 0; recurrence_word_name(i); i++)
		length += (size_t)snprintf(command + length, sizeof(command) - length,
			"%s{\"status\":\"recurring\",\"recur\":\"%s\",\"description\":\"%s\",\"due\":\"" ANCHOR "\"}",
			i ? "," : "", recurrence_word_name(i), recurrence_word_name(i));
	(void)snprintf(command + length, sizeof(command) - length,
		"]' | $task import - >/dev/null; $task list >/dev/null; $task export; rm -r \"$folder\"");
	pipe = popen(command, "re"); /* NOLINT(cert-env33-c): a test, and only texts of its own */
	assert_non_null(pipe);
	return pipe;
}

/* Which instance of the word the line is, -1: none of ours. */
static int find_instance(const char *line, const char *word)
{
	struct recurrence recurrence = { 0 };
	struct recurrence_series series = { .recurrence = &recurrence, .zone = &zone_utc, .until = INT64_MAX };
	int64_t due = time_in(line, "\"due\":\""), at = 0;

	series.anchor = time_in("\"due\":\"" ANCHOR "\"", "\"due\":\"");
	series.count = INSTANCES;
	assert_int_equal(recurrence_parse(word, strlen(word), "recur", &recurrence, NULL), ERROR_NONE);
	for (int number = 0; recurrence_occurrence(&series, number, &at); number++)
		if (at == due)
			return number;
	return -1;
}

/* Mark what the line is an instance of. */
static void see_instance(const char *line, unsigned *seen)
{
	for (size_t i = 0; recurrence_word_name(i); i++) {
		char name[64];
		int number;

		(void)snprintf(name, sizeof(name), "\"description\":\"%s\"", recurrence_word_name(i));
		if (!strstr(line, name))
			continue;
		number = find_instance(line, recurrence_word_name(i));
		if (number >= 0)
			seen[i] |= 1U << number;
		else
			fail_msg("%s is not ours: %s", recurrence_word_name(i), line);
	}
}

static void recurring_tasks_come_on_the_same_days(void **state)
{
	unsigned seen[32] = { 0 };
	char line[1024];
	FILE *pipe;

	(void)state;
	need_peer();
	pipe = ask_for_instances();
	while (fgets(line, sizeof(line), pipe))
		if (strstr(line, "\"parent\""))
			see_instance(line, seen);
	(void)pclose(pipe);
	for (size_t i = 0; recurrence_word_name(i); i++)
		if (seen[i] != (1U << INSTANCES) - 1)
			fail_msg("%s: not all of its instances are there", recurrence_word_name(i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(units_up_to_weeks_are_as_long),
		cmocka_unit_test(words_mean_the_same),
		cmocka_unit_test(recurring_tasks_come_on_the_same_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
