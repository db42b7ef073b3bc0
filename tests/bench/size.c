/* A daemon with 100 000 tasks beside one with 100. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#define SMALL       ((size_t)100)
#define LARGE       ((size_t)100000)
#define HITS        ((size_t)50)  /* of the filter, in both */
#define CALLS       ((size_t)128) /* a round: few, so that the small one stays small */
#define WARM_WRITES ((size_t)3000)
#define MANY        64
#define LIST_MS     300
#define ROUNDS_EACH 5 /* rounds are short, so there are more of them */
#define READY_LIMIT 50.0
#define SIZE_LIMIT  1.3

struct sized {
	struct crowd crowd;
	struct buffer list;
};

/* --- making --- */

/* All by the daemon, with their history. The tasks that the filter finds lie evenly among the others. */
static void fill(struct sized *sized, size_t count)
{
	AUTO_BUFFER struct buffer wanted = subject_line(&sized->crowd.subject, "task.add", "{s:s, s:s, s:[s, s], s:s}",
		"title", "Sow the radishes", "project", "allotment", "tags", "shop", "spring", "due",
		"2030-03-01T08:00:00Z");
	size_t period = count / HITS;
	const struct buffer **lines = memory_array(period, sizeof(*lines));

	for (size_t i = 0; i < period; i++)
		lines[i] = i ? &sized->crowd.add : &wanted;
	(void)load_run(&(struct load){ .socket_path = sized->crowd.subject.daemon.socket,
		.connections = MANY,
		.lines = lines,
		.line_count = period,
		.calls = count });
	free(lines);
	sized->crowd.count = count;
}

/* The log of writes reaches its usual length, without a task more. */
static void warm(const struct sized *sized)
{
	AUTO_BUFFER struct buffer start =
		subject_line(&sized->crowd.subject, "task.modify", "{s:i, s:s}", "id", 1, "priority", "H");
	AUTO_BUFFER struct buffer stop =
		subject_line(&sized->crowd.subject, "task.modify", "{s:i, s:n}", "id", 1, "priority");
	const struct buffer *const lines[] = { &start, &stop };

	(void)load_run(&(struct load){ .socket_path = sized->crowd.subject.daemon.socket,
		.connections = MANY,
		.lines = lines,
		.line_count = 2,
		.calls = WARM_WRITES });
}

static void sized_start(struct sized *sized, size_t count)
{
	*sized = (struct sized){ 0 };
	crowd_start(&sized->crowd);
	sized->list = subject_line(&sized->crowd.subject, "task.list", "{s:s}", "filter", "project:allotment +shop");
	fill(sized, count);
	warm(sized);
}

static void sized_end(struct sized *sized)
{
	buffer_deinit(&sized->list);
	crowd_end(&sized->crowd);
}

static void expect_hits(const struct sized *sized)
{
	AUTO_BUFFER struct buffer reply = subject_reply(&sized->crowd.subject, &sized->list);
	json_auto_t *root = json_loadb(reply.data, reply.length, 0, NULL);

	assert_int_equal(json_array_size(json_object_get(json_object_get(root, "result"), "tasks")), HITS);
}

/* --- what is measured: microseconds a call --- */

static double measure_add(struct sized *sized)
{
	return crowd_measure_add(&sized->crowd, CALLS);
}

/* The tasks that measure_add added, from the oldest on. */
static double measure_done(struct sized *sized)
{
	return crowd_measure_done(&sized->crowd, CALLS);
}

static double measure_list(struct sized *sized)
{
	return 1e6 / load_rate(sized->crowd.subject.daemon.socket, MANY, &sized->list, LIST_MS);
}

static const struct {
	const char *name;
	double (*measure)(struct sized *sized);
} calls[] = {
	{ "task.add, 100 000 beside 100", measure_add },
	{ "task.done, 100 000 beside 100", measure_done },
	{ "task.list of 50 hits, 100 000 beside 100", measure_list },
};

static void measure_growth(struct bench *bench, struct sized *large, struct sized *small)
{
	struct contest contests[COUNT_OF(calls)];

	for (size_t i = 0; i < COUNT_OF(calls); i++)
		contest_init(&contests[i]);
	for (int round = 0; round < bench->rounds * ROUNDS_EACH; round++)
		for (size_t i = 0; i < COUNT_OF(calls); i++) {
			double product = calls[i].measure(large);

			contest_add_ratio(&contests[i], product, calls[i].measure(small));
		}
	for (size_t i = 0; i < COUNT_OF(calls); i++) {
		report_add(&bench->report, &(struct figure){ calls[i].name, "us", LIMIT_AT_MOST, SIZE_LIMIT },
			&contests[i]);
		contest_deinit(&contests[i]);
	}
}

/* --- the start --- */

static void measure_start(struct bench *bench, struct test_daemon *daemon)
{
	AUTO_CONTEST struct contest contest;

	contest_init(&contest);
	for (int i = 0; i < bench->rounds; i++) {
		int64_t start;

		test_daemon_stop(daemon);
		start = clock_now_ns();
		test_daemon_start(daemon, NULL);
		contest_add_alone(&contest, clock_ms_since(start));
	}
	report_add(&bench->report,
		&(struct figure){ "start to ready, 100 000 tasks", "ms", LIMIT_AT_MOST, READY_LIMIT }, &contest);
}

void bench_size(struct bench *bench)
{
	__attribute__((cleanup(sized_end))) struct sized small, large;

	sized_start(&small, SMALL);
	sized_start(&large, LARGE);
	expect_hits(&small);
	expect_hits(&large);
	measure_growth(bench, &large, &small);
	measure_start(bench, &large.crowd.subject.daemon);
}
