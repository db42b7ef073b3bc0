/* Searching among 1 000, 100 000 and 1 000 000 tasks, and how fast their words come into the index. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <stdio.h>

#define LINES        ((size_t)1000) /* titles that differ */
#define HITS         ((size_t)50)   /* of the rare word, whatever the size */
#define COMMON_EACH  10             /* one title of so many has the common word */
#define CALLS        ((size_t)20)
#define SEARCH_LIMIT 50.0

struct searched {
	struct crowd crowd;
	double index_seconds;
};

/* --- making --- */

static const char *const words[] = { "water", "letter", "garden", "window", "kitchen", "invoice", "meeting", "ticket",
	"mother", "holiday", "bicycle", "library", "doctor", "battery", "contract", "painting" };

static struct buffer title_line(const struct subject *subject, size_t number)
{
	char title[128];

	(void)snprintf(title, sizeof(title), "%s the %s before the %s %zu",
		number % COMMON_EACH ? "Mind" : "Tulips for", words[number % COUNT_OF(words)],
		words[number / COUNT_OF(words) % COUNT_OF(words)], number);
	return subject_line(subject, "task.add", "{s:s, s:s}", "title", title, "project", "home");
}

static void fill(struct searched *searched, size_t count)
{
	AUTO_BUFFER struct buffer rare =
		subject_line(&searched->crowd.subject, "task.add", "{s:s}", "title", "Sow the radishes");
	struct buffer *lines = memory_array(LINES, sizeof(*lines));
	const struct buffer **said = memory_array(LINES, sizeof(*said));

	for (size_t i = 0; i < LINES; i++) {
		lines[i] = title_line(&searched->crowd.subject, i);
		said[i] = &lines[i];
	}
	crowd_fill(&searched->crowd, &(struct crowd_mixture){ .count = count,
					     .lines = said,
					     .line_count = LINES,
					     .rare = &rare,
					     .rare_count = HITS,
					     .leaves_words = true });
	for (size_t i = 0; i < LINES; i++)
		buffer_deinit(&lines[i]);
	free(lines);
	free(said);
}

/* One more task, since it is a commit that the daemon begins to index at. */
static void searched_start(struct searched *searched, size_t count)
{
	*searched = (struct searched){ 0 };
	crowd_start(&searched->crowd);
	fill(searched, count);
	(void)crowd_measure_add(&searched->crowd, 1);
	searched->index_seconds = crowd_await_index(&searched->crowd);
}

static void searched_end(struct searched *searched)
{
	crowd_end(&searched->crowd);
}

/* --- what is measured --- */

static const struct {
	const char *name, *query;
	enum limit_sense sense;
} searches[] = {
	{ "a rare word, 50 hits", "sow radishes", LIMIT_AT_MOST },
	{ "a common word, every tenth", "tulips", LIMIT_NONE },
	{ "two common words", "tulips kitchen", LIMIT_NONE },
	{ "one letter, nearly all", "t", LIMIT_NONE },
};

static void measure_search(struct bench *bench, const struct searched *searched, size_t search)
{
	AUTO_CONTEST struct contest contest;
	AUTO_BUFFER struct buffer line =
		subject_line(&searched->crowd.subject, "task.search", "{s:s}", "query", searches[search].query);
	char name[96];

	contest_init(&contest);
	for (int i = 0; i < bench->rounds; i++) {
		struct load_outcome outcome =
			load_run(&(struct load){ .socket_path = searched->crowd.subject.daemon.socket,
				.connections = 1,
				.lines = &(const struct buffer *){ &line },
				.line_count = 1,
				.calls = CALLS });

		contest_add_alone(&contest, outcome.seconds * 1e3 / (double)outcome.calls);
	}
	(void)snprintf(
		name, sizeof(name), "task.search, %zu tasks: %s", searched->crowd.count - 1, searches[search].name);
	report_add(&bench->report, &(struct figure){ name, "ms", searches[search].sense, SEARCH_LIMIT }, &contest);
}

/* What is left to do when the last task has been added. */
static void report_index(struct bench *bench, const struct searched *searched)
{
	AUTO_CONTEST struct contest contest;
	char name[96];

	contest_init(&contest);
	contest_add_alone(&contest, searched->index_seconds);
	(void)snprintf(name, sizeof(name), "until all words of %zu tasks are indexed", searched->crowd.count - 1);
	report_add(&bench->report, &(struct figure){ name, "s", LIMIT_NONE, 0 }, &contest);
}

static void run_size(struct bench *bench, size_t count)
{
	__attribute__((cleanup(searched_end))) struct searched searched;

	searched_start(&searched, count);
	report_index(bench, &searched);
	for (size_t i = 0; i < COUNT_OF(searches); i++)
		measure_search(bench, &searched, i);
}

void bench_search(struct bench *bench)
{
	run_size(bench, 1000);
	run_size(bench, 100000);
}

void bench_search_million(struct bench *bench)
{
	run_size(bench, 1000000);
}
