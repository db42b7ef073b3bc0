/* A thousand series that are due at once, and how long others wait while the daemon makes their tasks. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#define SERIES     ((size_t)1000)
#define SLICE_MS   20
#define QUANTILE   0.99
#define WAIT_LIMIT 10000.0 /* us */

static const char count_open[] = "SELECT count(*) FROM task WHERE status = 'pending'";

/* The daemon looks at its series again, and finds that two days have gone by. */
static const char let_days_go_by[] = "UPDATE task SET due = due - 2 * 86400, recur_next = 0 WHERE status = 'recurring'";

static void make_series(struct crowd *crowd)
{
	AUTO_BUFFER struct buffer line =
		subject_line(&crowd->subject, "task.add", "{s:s, s:s, s:[s, s], s:s, s:s}", "title", "Water the tulips",
			"project", "home.garden", "tags", "shop", "weekend", "due", "tomorrow", "recur", "daily");

	(void)subject_say(&crowd->subject, &line, SERIES);
	assert_int_equal(crowd_number(crowd, count_open), SERIES);
}

/* Then each waits for the time of its next one. */
static void complete_all(struct crowd *crowd)
{
	AUTO_BUFFER struct buffer line =
		subject_line(&crowd->subject, "task.done", "{s:s}", "filter", "status:pending");

	(void)subject_say(&crowd->subject, &line, 1);
	assert_int_equal(crowd_number(crowd, count_open), 0);
}

/* Somebody asks without a pause; only what was asked while tasks were being made counts. Milliseconds. */
static double await_tasks(struct crowd *crowd, struct samples *waits_us)
{
	AUTO_BUFFER struct buffer me = subject_line(&crowd->subject, "account.me", "{}");
	const struct buffer *said = &me;
	struct load slice = { .socket_path = crowd->subject.daemon.socket,
		.connections = 1,
		.lines = &said,
		.line_count = 1,
		.duration_ms = SLICE_MS };
	int64_t start = clock_now_ns();
	long long made = 0;

	while (made < (long long)SERIES) {
		struct samples waits;
		int64_t slice_start = clock_now_ns();
		long long before = made;

		samples_init(&waits);
		slice.latencies_us = &waits;
		(void)load_run(&slice);
		made = crowd_number(crowd, count_open);
		if (!before && made)
			start = slice_start;
		for (size_t i = 0; made > before && i < waits.count; i++)
			samples_add(waits_us, waits.values[i]);
		samples_deinit(&waits);
	}
	return clock_ms_since(start);
}

void bench_series(struct bench *bench)
{
	AUTO_CROWD struct crowd crowd;
	AUTO_CONTEST struct contest time, wait;

	contest_init(&time);
	contest_init(&wait);
	crowd_start(&crowd);
	make_series(&crowd);
	for (int round = 0; round < bench->rounds; round++) {
		AUTO_SAMPLES struct samples waits_us;

		samples_init(&waits_us);
		complete_all(&crowd);
		crowd_run_sql(&crowd, let_days_go_by);
		contest_add_alone(&time, await_tasks(&crowd, &waits_us));
		contest_add_alone(&wait, samples_quantile(&waits_us, QUANTILE));
	}
	report_add(&bench->report, &(struct figure){ "the tasks of 1 000 series that are due", "ms", LIMIT_NONE, 0 },
		&time);
	report_add(&bench->report, &(struct figure){ "p99 of account.me meanwhile", "us", LIMIT_AT_MOST, WAIT_LIMIT },
		&wait);
}
