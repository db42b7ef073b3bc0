/* The first page of the most urgent tasks: of a thousand, a hundred thousand, a million pending ones. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#define SMALL       1000
#define LARGE       100000
#define HUGE        1000000
#define LIST_MS     300
#define ROUNDS_EACH 3
#define URGENT      2.0 /* how much more the page may cost than that of SMALL */

struct urgent {
	struct crowd crowd;
	struct buffer list;
};

static const struct {
	const char *title, *priority, *project, *due;
} kinds[] = {
	{ "Some day", "L", "home", "900d" },
	{ "High", "H", "home", "100d" },
	{ "Due soon", "L", "home.garden", "4d" },
	{ "Due one day", "M", "work", "300d" },
	{ "Long overdue", "L", "work", "20 days ago" },
};

static void fill(struct urgent *urgent, size_t count)
{
	struct buffer lines[COUNT_OF(kinds)];
	const struct buffer *said[COUNT_OF(kinds)];

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		lines[i] = subject_line(&urgent->crowd.subject, "task.add", "{s:s, s:s, s:s, s:s}", "title",
			kinds[i].title, "priority", kinds[i].priority, "project", kinds[i].project, "due",
			kinds[i].due);
		said[i] = &lines[i];
	}
	crowd_fill(&urgent->crowd,
		&(struct crowd_mixture){ .count = count, .lines = said, .line_count = COUNT_OF(kinds) });
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		buffer_deinit(&lines[i]);
}

static void urgent_start(struct urgent *urgent, size_t count)
{
	*urgent = (struct urgent){ 0 };
	crowd_start(&urgent->crowd);
	urgent->list = subject_line(&urgent->crowd.subject, "task.list", "{s:s}", "sort", "urgency-");
	fill(urgent, count);
}

static void urgent_end(struct urgent *urgent)
{
	buffer_deinit(&urgent->list);
	crowd_end(&urgent->crowd);
}

static double measure_page(const struct urgent *urgent)
{
	return 1e6 / load_rate(urgent->crowd.subject.daemon.socket, 1, &urgent->list, LIST_MS);
}

static void measure(struct bench *bench, const char *name, const struct urgent *many, const struct urgent *small)
{
	AUTO_CONTEST struct contest contest;

	contest_init(&contest);
	for (int round = 0; round < bench->rounds * ROUNDS_EACH; round++)
		contest_add_ratio(&contest, measure_page(many), measure_page(small));
	report_add(&bench->report, &(struct figure){ name, "us", LIMIT_AT_MOST, URGENT }, &contest);
}

void bench_urgency(struct bench *bench)
{
	__attribute__((cleanup(urgent_end))) struct urgent small, large, huge;

	urgent_start(&small, SMALL);
	urgent_start(&large, LARGE);
	urgent_start(&huge, HUGE);
	measure(bench, "first page by urgency, 100 000 beside 1 000", &large, &small);
	measure(bench, "first page by urgency, 1 000 000 beside 1 000", &huge, &small);
}
