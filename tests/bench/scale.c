/* What the usual calls cost among 100 000 and 1 000 000 tasks, beside 1 000. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <stdio.h>

#define SMALL       ((size_t)1000)
#define HIGH_EACH   10           /* one task of so many has priority H */
#define HITS        ((size_t)50) /* of the filters that say so, whatever the size */
#define BULK        ((size_t)500)
#define CALLS       ((size_t)128)
#define READ_MS     300
#define SCALE_LIMIT 2.0 /* where an index has the answer */

struct scaled {
	struct crowd crowd;
	bool is_high; /* what the bulk change comes to next */
};

/* --- making --- */

static void fill(struct crowd *crowd, size_t count)
{
	AUTO_BUFFER struct buffer high = subject_line(&crowd->subject, "task.add", "{s:s, s:s, s:[s, s], s:s, s:s}",
		"title", "Buy tulip bulbs before the frost", "project", "home.garden", "tags", "shop", "weekend", "due",
		"2030-11-23T14:00:00Z", "priority", "H");
	AUTO_BUFFER struct buffer rare =
		subject_line(&crowd->subject, "task.add", "{s:s, s:s, s:[s, s], s:s, s:s}", "title", "Sow the radishes",
			"project", "allotment", "tags", "shop", "spring", "due", "now", "priority", "M");
	const struct buffer *lines[HIGH_EACH];

	for (size_t i = 0; i < HIGH_EACH; i++)
		lines[i] = i ? &crowd->add : &high;
	crowd_fill(crowd,
		&(struct crowd_mixture){
			.count = count, .lines = lines, .line_count = HIGH_EACH, .rare = &rare, .rare_count = HITS });
}

/* Those that are changed together are the same number everywhere, and come on top. */
static void scaled_start(struct scaled *scaled, size_t count)
{
	AUTO_BUFFER struct buffer bulk = { 0 };

	*scaled = (struct scaled){ 0 };
	crowd_start(&scaled->crowd);
	fill(&scaled->crowd, count);
	bulk = subject_line(&scaled->crowd.subject, "task.add", "{s:s, s:s, s:s}", "title", "Sort the slides",
		"project", "attic", "due", "2031-01-01T12:00:00Z");
	(void)subject_say(&scaled->crowd.subject, &bulk, BULK);
	scaled->crowd.count += BULK;
	(void)crowd_await_index(&scaled->crowd);
}

static void scaled_end(struct scaled *scaled)
{
	crowd_end(&scaled->crowd);
}

/* --- reading --- */

static const struct reading {
	const char *name, *method;
	const char *key, *value; /* of the one parameter; NULL: none */
	enum limit_sense sense;
} readings[] = {
	{ "task.list, first page", "task.list", NULL, NULL, LIMIT_AT_MOST },
	{ "task.list +spring, 50 hits", "task.list", "filter", "+spring", LIMIT_AT_MOST },
	{ "task.list due.before:eow, 50 hits", "task.list", "filter", "due.before:eow", LIMIT_AT_MOST },
	{ "task.list pri:H, every tenth", "task.list", "filter", "pri:H", LIMIT_AT_MOST },
	{ "task.list pri:M, 50 hits", "task.list", "filter", "pri:M", LIMIT_AT_MOST },
	{ "task.list of common or, first page", "task.list", "filter", "pri:H or +spring", LIMIT_AT_MOST },
	{ "task.list of rare or, 50 hits", "task.list", "filter", "project:allotment or due.before:eow",
		LIMIT_AT_MOST },
	{ "task.count", "task.count", NULL, NULL, LIMIT_NONE },
	{ "task.count +spring", "task.count", "filter", "+spring", LIMIT_AT_MOST },
	{ "task.search, 50 hits", "task.search", "query", "sow radishes", LIMIT_AT_MOST },
};

/* Microseconds a call. */
static double measure_reading(const struct scaled *scaled, const struct reading *reading)
{
	const struct subject *subject = &scaled->crowd.subject;
	AUTO_BUFFER struct buffer line =
		reading->key ? subject_line(subject, reading->method, "{s:s}", reading->key, reading->value)
			     : subject_line(subject, reading->method, "{}");

	return 1e6 / load_rate(subject->daemon.socket, 1, &line, READ_MS);
}

/* --- writing --- */

static double measure_add(struct scaled *scaled)
{
	return crowd_measure_add(&scaled->crowd, CALLS);
}

static double measure_done(struct scaled *scaled)
{
	return crowd_measure_done(&scaled->crowd, CALLS);
}

/* There and back in turn. */
static double measure_bulk(struct scaled *scaled)
{
	const struct subject *subject = &scaled->crowd.subject;
	AUTO_BUFFER struct buffer line = subject_line(subject, "task.modify", "{s:s, s:s?}", "filter", "project:attic",
		"priority", scaled->is_high ? NULL : "H");

	scaled->is_high = !scaled->is_high;
	return subject_say(subject, &line, 1).seconds * 1e6;
}

static const struct writing {
	const char *name;
	double (*measure)(struct scaled *scaled);
} writings[] = {
	{ "task.add, 64 connections", measure_add },
	{ "task.done, 64 connections", measure_done },
	{ "task.modify of 500 at once", measure_bulk },
};

/* --- one beside the other --- */

static void report_scale(
	struct bench *bench, const char *name, size_t count, enum limit_sense sense, struct contest *contest)
{
	char text[96];

	(void)snprintf(text, sizeof(text), "%s, %zu beside %zu", name, count, SMALL);
	report_add(&bench->report, &(struct figure){ text, "us", sense, SCALE_LIMIT }, contest);
}

static void compare_readings(struct bench *bench, const struct scaled *large, const struct scaled *small, size_t count)
{
	for (size_t i = 0; i < COUNT_OF(readings); i++) {
		AUTO_CONTEST struct contest contest;

		contest_init(&contest);
		for (int round = 0; round < bench->rounds; round++)
			contest_add_ratio(
				&contest, measure_reading(large, &readings[i]), measure_reading(small, &readings[i]));
		report_scale(bench, readings[i].name, count, readings[i].sense, &contest);
	}
}

static void compare_writings(struct bench *bench, struct scaled *large, struct scaled *small, size_t count)
{
	struct contest contests[COUNT_OF(writings)];

	for (size_t i = 0; i < COUNT_OF(writings); i++)
		contest_init(&contests[i]);
	for (int round = 0; round < bench->rounds; round++)
		for (size_t i = 0; i < COUNT_OF(writings); i++) {
			double product = writings[i].measure(large);

			contest_add_ratio(&contests[i], product, writings[i].measure(small));
		}
	for (size_t i = 0; i < COUNT_OF(writings); i++) {
		report_scale(bench, writings[i].name, count, LIMIT_AT_MOST, &contests[i]);
		contest_deinit(&contests[i]);
	}
}

static void run_scale(struct bench *bench, size_t count)
{
	__attribute__((cleanup(scaled_end))) struct scaled small, large;

	scaled_start(&small, SMALL);
	scaled_start(&large, count);
	compare_readings(bench, &large, &small, count);
	compare_writings(bench, &large, &small, count);
}

void bench_scale(struct bench *bench)
{
	run_scale(bench, 100000);
}

void bench_scale_million(struct bench *bench)
{
	run_scale(bench, 1000000);
}
