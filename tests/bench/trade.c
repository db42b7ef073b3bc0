/* 100 000 tasks in and out, as files, beside Taskwarrior where that is installed. */
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

#define TASKS        100000
#define ROUNDS       3
#define IMPORT_LIMIT 5000.0 /* ms */
#define EXPORT_LIMIT 400.0
#define TEXT_SIZE    (TEST_PATH_SIZE + 32)
#define TOKEN_SIZE   4096

struct trade {
	struct subject subject;
	char data[TEXT_SIZE], home[TEXT_SIZE], token[TOKEN_SIZE];
	char tasks[TEST_PATH_SIZE]; /* the file that both import */
	char exported[TEST_PATH_SIZE];
	char peer_data[TEXT_SIZE], peer_settings[TEXT_SIZE];
	char *environment[6];
};

/* --- what is imported --- */

static void write_task(FILE *file, int number, bool is_last)
{
	assert_true(
		fprintf(file,
			"{\"uuid\":\"%08x-0000-4000-8000-000000000000\",\"description\":\"Buy tulip bulbs before the "
			"frost\",\"status\":\"pending\",\"entry\":\"20260101T000000Z\",\"modified\":"
			"\"20260101T000000Z\",\"project\":\"home.garden\",\"due\":\"20301123T140000Z\",\"tags\":"
			"[\"shop\",\"weekend\"]}%s\n",
			(unsigned)number + 1, is_last ? "" : ",") > 0);
}

static void write_tasks(const char *path)
{
	AUTO_FCLOSE FILE *file = fopen(path, "we");

	assert_non_null(file);
	(void)fputs("[\n", file);
	for (int i = 0; i < TASKS; i++)
		write_task(file, i, i + 1 == TASKS);
	(void)fputs("]\n", file);
	assert_true(fflush(file) == 0);
}

/* --- a run --- */

static double run_ms(const struct trade *trade, const char *const *words, const char *output)
{
	posix_spawn_file_actions_t actions;
	int64_t start = clock_now_ns();
	pid_t pid;
	int status;

	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	(void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	/* It only reads the words; its type is older than const. */
	status = posix_spawnp(&pid, words[0], &actions, NULL, (char *const *)(uintptr_t)words, trade->environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (status)
		return -1;
	assert_true(waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? clock_ms_since(start) : -1;
}

static double run_ours(const struct trade *trade, const char *const *words, const char *output)
{
	double ms = run_ms(trade, words, output);

	if (ms < 0)
		fail_msg("taskctl %s", words[1]);
	return ms;
}

/* --- the figures --- */

struct trade_figures {
	struct contest import, export;
};

/* Where there is no Taskwarrior, ours stand alone. */
static void add_figure(struct contest *contest, double ours, double peer)
{
	if (peer > 0)
		contest_add_value(contest, ours, peer, ours);
	else
		contest_add_alone(contest, ours);
}

static void measure_round(const struct trade *trade, struct trade_figures *figures)
{
	const char *const import[] = { TASKCTL_PROGRAM, "import", "-q", "--from", "taskwarrior", trade->tasks, NULL };
	const char *const export[] = { TASKCTL_PROGRAM, "export", "--all", NULL };
	const char *const peer_import[] = { "task", "import", trade->tasks, NULL };
	const char *const peer_export[] = { "task", "export", NULL };
	double ms = run_ours(trade, import, "/dev/null");

	add_figure(&figures->import, ms, run_ms(trade, peer_import, "/dev/null"));
	ms = run_ours(trade, export, trade->exported);
	add_figure(&figures->export, ms, run_ms(trade, peer_export, "/dev/null"));
}

static void write_settings(const char *path)
{
	AUTO_FCLOSE FILE *settings = fopen(path, "we");

	assert_non_null(settings);
	assert_true(fputs("confirmation=no\nverbose=nothing\n", settings) >= 0);
}

static void trade_set(struct trade *trade)
{
	const struct test_daemon *daemon = &trade->subject.daemon;
	char path[TEST_PATH_SIZE];

	subject_start(&trade->subject, NULL);
	(void)snprintf(trade->home, sizeof(trade->home), "HOME=%s", daemon->folder);
	(void)snprintf(trade->data, sizeof(trade->data), "TASKD_DATA=%s", daemon->data);
	(void)snprintf(trade->token, sizeof(trade->token), "TASKCTL_TOKEN=%s", trade->subject.person.access_token);
	(void)snprintf(trade->peer_data, sizeof(trade->peer_data), "TASKDATA=%s", daemon->folder);
	(void)snprintf(trade->peer_settings, sizeof(trade->peer_settings), "TASKRC=%s",
		test_daemon_path(daemon, "taskrc", path));
	(void)test_daemon_path(daemon, "tasks.json", trade->tasks);
	(void)test_daemon_path(daemon, "exported", trade->exported);
	trade->environment[0] = trade->home;
	trade->environment[1] = trade->data;
	trade->environment[2] = trade->token;
	trade->environment[3] = trade->peer_data;
	trade->environment[4] = trade->peer_settings;
	write_settings(path);
	write_tasks(trade->tasks);
}

void bench_trade(struct bench *bench)
{
	static const struct figure import = { "taskctl import of 100 000 tasks", "ms", LIMIT_AT_MOST, IMPORT_LIMIT };
	static const struct figure export = { "taskctl export of 100 000 tasks", "ms", LIMIT_AT_MOST, EXPORT_LIMIT };
	struct trade_figures figures;

	contest_init(&figures.import);
	contest_init(&figures.export);
	for (int round = 0; round < ROUNDS; round++) {
		struct trade trade = { .environment = { NULL } };

		trade_set(&trade);
		measure_round(&trade, &figures);
		subject_end(&trade.subject);
	}
	report_add(&bench->report, &import, &figures.import);
	report_add(&bench->report, &export, &figures.export);
	contest_deinit(&figures.import);
	contest_deinit(&figures.export);
}
