/* Whole commands, from spawn to exit, beside the least command there is and a sync of this disk. */
#include "bench/bench.h"
#include "bench/subject.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS_A_ROUND     40
#define VARIABLE_SIZE    (TEST_PATH_SIZE + 16)
#define WHOAMI_LIMIT     1.6
#define WRITE_LIMIT      2.4
#define WRITTEN_BYTES    ((size_t)16 * 1024) /* what a small transaction adds to the log of writes */
#define WRITTEN_FILE     "synced"
#define PASSWORD_FILE    "password"
#define ID_SIZE          24
#define FIRST_TASK_TO_DO 1

struct stage {
	struct subject subject;
	char home[VARIABLE_SIZE];
	char data[VARIABLE_SIZE];
	char *environment[4];
	int synced_fd;
	int next_task; /* that is still to be done */
};

/* --- one run --- */

static pid_t spawn(const struct stage *stage, const char *const *words, const char *input)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int failure;

	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	/* It only reads the words; its type is older than const. */
	failure = posix_spawn(&pid, words[0], &actions, NULL, (char *const *)(uintptr_t)words, stage->environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (failure)
		fail_msg("%s: %s", words[0], strerror(failure));
	return pid;
}

static void expect_success(pid_t pid, const char *word)
{
	int status;

	assert_true(waitpid(pid, &status, 0) == pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("%s: wait status %d", word, status);
}

static double run_ms(const struct stage *stage, const char *const *words)
{
	int64_t start = clock_now_ns();

	expect_success(spawn(stage, words, "/dev/null"), words[1] ? words[1] : words[0]);
	return clock_ms_since(start);
}

static double run_true(struct stage *stage)
{
	return run_ms(stage, (const char *const[]){ "/bin/true", NULL });
}

static double run_whoami(struct stage *stage)
{
	return run_ms(stage, (const char *const[]){ TASKCTL_PROGRAM, "whoami", NULL });
}

static double run_list(struct stage *stage)
{
	return run_ms(stage, (const char *const[]){ TASKCTL_PROGRAM, "list", NULL });
}

static double run_next(struct stage *stage)
{
	return run_ms(stage, (const char *const[]){ TASKCTL_PROGRAM, "next", NULL });
}

static double run_add(struct stage *stage)
{
	return run_ms(stage,
		(const char *const[]){ TASKCTL_PROGRAM, "add", "Buy tulip bulbs before the frost", "--project",
			"home.garden", "--tag", "shop", "--tag", "weekend", "--due", "2030-11-23T14:00:00Z", NULL });
}

static double run_done(struct stage *stage)
{
	char id[ID_SIZE];

	(void)snprintf(id, sizeof(id), "%d", stage->next_task++);
	return run_ms(stage, (const char *const[]){ TASKCTL_PROGRAM, "done", id, NULL });
}

/* Over the same bytes again, as a log of writes that has reached its length is written. */
static double run_sync(struct stage *stage)
{
	static const char bytes[WRITTEN_BYTES];
	int64_t start = clock_now_ns();

	assert_true(pwrite(stage->synced_fd, bytes, sizeof(bytes), 0) == sizeof(bytes));
	assert_int_equal(fdatasync(stage->synced_fd), 0);
	return clock_ms_since(start);
}

/* --- rounds of all of them in turn --- */

enum run { RUN_TRUE, RUN_SYNC, RUN_WHOAMI, RUN_LIST, RUN_NEXT, RUN_ADD, RUN_DONE, RUN_COUNT };

static double (*const runs[RUN_COUNT])(struct stage *stage) = {
	[RUN_TRUE] = run_true,
	[RUN_SYNC] = run_sync,
	[RUN_WHOAMI] = run_whoami,
	[RUN_LIST] = run_list,
	[RUN_NEXT] = run_next,
	[RUN_ADD] = run_add,
	[RUN_DONE] = run_done,
};

static void measure_round(struct stage *stage, double ret_median_ms[RUN_COUNT])
{
	struct samples samples[RUN_COUNT];

	for (size_t i = 0; i < RUN_COUNT; i++)
		samples_init(&samples[i]);
	for (int count = 0; count < RUNS_A_ROUND; count++)
		for (size_t i = 0; i < RUN_COUNT; i++)
			samples_add(&samples[i], runs[i](stage));
	for (size_t i = 0; i < RUN_COUNT; i++) {
		ret_median_ms[i] = samples_median(&samples[i]);
		samples_deinit(&samples[i]);
	}
}

/* What is held against the limit; a sync is allowed on top of it where one is waited for. */
static const struct {
	enum run run;
	bool waits_for_disk;
	struct figure figure;
} held[] = {
	{ RUN_SYNC, false, { "a sync of this disk, beside /bin/true", "ms", LIMIT_NONE, 0 } },
	{ RUN_WHOAMI, false, { "taskctl whoami, beside /bin/true", "ms", LIMIT_AT_MOST, WHOAMI_LIMIT } },
	{ RUN_LIST, false, { "taskctl list, beside /bin/true", "ms", LIMIT_NONE, 0 } },
	{ RUN_NEXT, false, { "taskctl next, beside /bin/true", "ms", LIMIT_NONE, 0 } },
	{ RUN_ADD, true, { "taskctl add less a sync, beside /bin/true", "ms", LIMIT_AT_MOST, WRITE_LIMIT } },
	{ RUN_DONE, true, { "taskctl done less a sync, beside /bin/true", "ms", LIMIT_AT_MOST, WRITE_LIMIT } },
};

static void add_round(struct contest *contests, const double *median_ms)
{
	for (size_t i = 0; i < COUNT_OF(held); i++) {
		double product = median_ms[held[i].run];
		double sync = held[i].waits_for_disk ? median_ms[RUN_SYNC] : 0;

		contest_add_value(&contests[i], product, median_ms[RUN_TRUE], (product - sync) / median_ms[RUN_TRUE]);
	}
}

static void measure(struct bench *bench, struct stage *stage)
{
	struct contest contests[COUNT_OF(held)];
	double median_ms[RUN_COUNT];

	for (size_t i = 0; i < COUNT_OF(held); i++)
		contest_init(&contests[i]);
	for (int round = 0; round < bench->rounds; round++) {
		measure_round(stage, median_ms);
		add_round(contests, median_ms);
	}
	for (size_t i = 0; i < COUNT_OF(held); i++) {
		report_add(&bench->report, &held[i].figure, &contests[i]);
		contest_deinit(&contests[i]);
	}
}

/* --- the stage --- */

static void log_in(const struct stage *stage)
{
	char path[TEST_PATH_SIZE];
	AUTO_FCLOSE FILE *file = fopen(test_daemon_path(&stage->subject.daemon, PASSWORD_FILE, path), "we");

	assert_non_null(file);
	assert_true(fputs(PERSON_PASSWORD "\n", file) >= 0 && fflush(file) == 0);
	expect_success(spawn(stage,
			       (const char *const[]){ TASKCTL_PROGRAM, "--quiet", "login", "--email",
				       stage->subject.person.email, "--password-stdin", NULL },
			       path),
		"login");
}

/* The person's folder is the daemon's; the daemon's note in its data folder says where it listens. */
static void set_environment(struct stage *stage)
{
	(void)snprintf(stage->home, sizeof(stage->home), "HOME=%s", stage->subject.daemon.folder);
	(void)snprintf(stage->data, sizeof(stage->data), "TASKD_DATA=%s", stage->subject.daemon.data);
	stage->environment[0] = stage->home;
	stage->environment[1] = stage->data;
}

static void add_tasks_to_do(struct stage *stage, size_t count)
{
	AUTO_BUFFER struct buffer line = subject_add_line(&stage->subject);

	(void)subject_say(&stage->subject, &line, count);
	stage->next_task = FIRST_TASK_TO_DO;
}

static void stage_set(struct stage *stage, int rounds)
{
	char path[TEST_PATH_SIZE];

	*stage = (struct stage){ .synced_fd = -1 };
	subject_start(&stage->subject, NULL);
	set_environment(stage);
	add_tasks_to_do(stage, (size_t)rounds * RUNS_A_ROUND);
	stage->synced_fd =
		open(test_daemon_path(&stage->subject.daemon, WRITTEN_FILE, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(stage->synced_fd >= 0);
	log_in(stage);
}

static void stage_clear(struct stage *stage)
{
	(void)close(stage->synced_fd);
	subject_end(&stage->subject);
}

void bench_commands(struct bench *bench)
{
	__attribute__((cleanup(stage_clear))) struct stage stage;

	stage_set(&stage, bench->rounds);
	measure(bench, &stage);
}
