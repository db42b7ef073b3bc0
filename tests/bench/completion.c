/* What a shell asks at a press of the Tab key, among 100 000 tasks. */
#include "bench/bench.h"
#include "bench/peers.h"
#include "common/cleanup.h"

#include <stdio.h>

#define TASKS      100000
#define RUNS       15
#define LIMIT_MS   10.0
#define WORDS_MOST 8
#define NAME_SIZE  64

/* What completion looks up beside tasks, projects and tags, which the import brings along. */
static const char *const said_before[][WORDS_MOST] = {
	{ "context", "set", "garden", "project:home" },
	{ "report", "define", "weekly", "--filter", "due.before:1w" },
};

static const struct {
	const char *what;
	const char *words[WORDS_MOST]; /* the line so far; the last word is completed */
} lines[] = {
	{ "ids with titles", { "complete", "--", "done", "" } },
	{ "ids by their first digits", { "complete", "--", "done", "12" } },
	{ "projects", { "complete", "--", "list", "project:" } },
	{ "tags", { "complete", "--", "list", "+" } },
	{ "reports", { "complete", "--", "report", "show", "" } },
	{ "contexts", { "complete", "--", "context", "use", "" } },
};

static void prepare(struct peers *peers)
{
	peers_start(peers, TASKS);
	(void)peers_run_ours(peers,
		(const char *const[]){ "import", "-q", "--from", "taskwarrior", peers->tasks, NULL }, "/dev/null");
	for (size_t i = 0; i < COUNT_OF(said_before); i++)
		(void)peers_run_ours(peers, said_before[i], "/dev/null");
}

void bench_completion(struct bench *bench)
{
	struct contest contests[COUNT_OF(lines)];
	struct peers peers;

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		contest_init(&contests[i]);
	prepare(&peers);
	for (int run = 0; run < RUNS; run++)
		for (size_t i = 0; i < COUNT_OF(lines); i++)
			contest_add_alone(&contests[i], peers_run_ours(&peers, lines[i].words, peers.exported));
	peers_end(&peers);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		char name[NAME_SIZE];
		const struct figure figure = { name, "ms", LIMIT_AT_MOST, LIMIT_MS };

		(void)snprintf(name, sizeof(name), "completion of %s at %d", lines[i].what, TASKS);
		report_add(&bench->report, &figure, &contests[i]);
		contest_deinit(&contests[i]);
	}
}
