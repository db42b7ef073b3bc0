/* What people do most, beside Taskwarrior: each command in turn with its like, among few tasks and among many. */
#include "bench/bench.h"
#include "bench/peers.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <stdio.h>

#define WORDS_MOST 12
#define NAME_SIZE  96

/* `task` takes seconds for a command at 100 000 tasks, and minutes for the import. */
static const struct size {
	int count;
	int stages; /* each imports once */
	int runs;   /* of every other command on a stage */
} sizes[] = { { 100, 5, 5 }, { 10000, 3, 3 }, { 100000, 1, 3 } };

#define SIZE_HELD 100000 /* where there are limits */

/* In place of a word of a command. */
static const char file_word[] = "FILE"; /* that is to be imported */
static const char uuid_word[] = "UUID"; /* of a task that is pending yet */

enum pace { EACH_RUN, ONCE_A_STAGE };

struct duel {
	const char *name;
	const char *ours[WORDS_MOST], *theirs[WORDS_MOST];
	double least; /* times that Taskwarrior takes as long, at SIZE_HELD; 0: no limit */
	enum pace pace;
};

/* In the order in which they are fought: the import fills both. */
static const struct duel duels[] = {
	{ "import", { "import", "-q", "--from", "taskwarrior", file_word }, { "import", file_word }, 1, ONCE_A_STAGE },
	{ "list", { "list" }, { "list" }, 0, EACH_RUN },
	{ "next", { "next" }, { "next" }, 300, EACH_RUN },
	{ "add", { "add", "Plant", "tulips", "project:home.garden", "+weekend", "due:2030-11-23" },
		{ "add", "Plant", "tulips", "project:home.garden", "+weekend", "due:2030-11-23" }, 400, EACH_RUN },
	{ "done", { "done", uuid_word }, { uuid_word, "done" }, 400, EACH_RUN },
	{ "export", { "export", "--all" }, { "export" }, 4, EACH_RUN },
};

/* The words with what stands for file and uuid. */
static void fill_in(const char *const *words, const char *file, const char *uuid, const char *ret_words[WORDS_MOST])
{
	size_t count = 0;

	for (; words[count]; count++) {
		assert_true(count + 1 < WORDS_MOST);
		ret_words[count] = words[count] == file_word ? file : words[count] == uuid_word ? uuid : words[count];
	}
	ret_words[count] = NULL;
}

static void fight(const struct peers *peers, const struct duel *duel, int next_task, struct contest *contest)
{
	const char *ours[WORDS_MOST], *theirs[WORDS_MOST];
	char uuid[PEERS_UUID_SIZE];
	double ours_ms, theirs_ms;

	peers_write_uuid(next_task, uuid);
	fill_in(duel->ours, peers->tasks, uuid, ours);
	fill_in(duel->theirs, peers->tasks, uuid, theirs);
	ours_ms = peers_run_ours(peers, ours, peers->exported);
	theirs_ms = peers_run_theirs(peers, theirs, peers->exported);
	if (theirs_ms < 0)
		fail_msg("task %s: Taskwarrior is not here, or failed", duel->name);
	contest_add_value(contest, ours_ms, theirs_ms, theirs_ms / ours_ms);
}

static void fight_all(const struct size *size, struct contest *contests)
{
	struct peers peers;

	peers_start(&peers, size->count);
	for (int run = 0; run < size->runs; run++)
		for (size_t i = 0; i < COUNT_OF(duels); i++)
			if (run == 0 || duels[i].pace == EACH_RUN)
				fight(&peers, &duels[i], run, &contests[i]);
	peers_end(&peers);
}

static void report(struct bench *bench, const struct size *size, const struct duel *duel, struct contest *contest)
{
	bool is_held = size->count == SIZE_HELD && duel->least > 0;
	char name[NAME_SIZE];
	const struct figure figure = { name, "ms", is_held ? LIMIT_AT_LEAST : LIMIT_NONE, is_held ? duel->least : 0 };

	(void)snprintf(name, sizeof(name), "%s at %d, task beside taskctl", duel->name, size->count);
	report_add(&bench->report, &figure, contest);
}

void bench_beside_task(struct bench *bench)
{
	struct contest contests[COUNT_OF(duels)];

	for (size_t size = 0; size < COUNT_OF(sizes); size++) {
		for (size_t i = 0; i < COUNT_OF(duels); i++)
			contest_init(&contests[i]);
		for (int stage = 0; stage < sizes[size].stages; stage++)
			fight_all(&sizes[size], contests);
		for (size_t i = 0; i < COUNT_OF(duels); i++) {
			report(bench, &sizes[size], &duels[i], &contests[i]);
			contest_deinit(&contests[i]);
		}
	}
}
