/* Two programs in one folder, which finds each what is its own by the environment. */
#include "bench/peers.h"

#include "bench/samples.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MOST 15
#define PROJECTS   200
#define WEEKS      52

/* --- what is imported --- */

void peers_write_uuid(int number, char ret_uuid[PEERS_UUID_SIZE])
{
	(void)snprintf(ret_uuid, PEERS_UUID_SIZE, "%08x-0000-4000-8000-000000000000", (unsigned)number + 1);
}

static void write_task(FILE *file, int number, bool is_last)
{
	char uuid[PEERS_UUID_SIZE];

	peers_write_uuid(number, uuid);
	assert_true(fprintf(file,
			    "{\"uuid\":\"%s\",\"description\":\"Buy tulip bulbs before the frost\",\"status\":"
			    "\"pending\",\"entry\":\"20260101T000000Z\",\"modified\":\"20260101T000000Z\",\"project\":"
			    "\"home.room%d\",\"due\":\"20301123T140000Z\",\"tags\":[\"shop\",\"week%d\"]}%s\n",
			    uuid, number % PROJECTS, number % WEEKS, is_last ? "" : ",") > 0);
}

static void write_tasks(const char *path, int count)
{
	AUTO_FCLOSE FILE *file = fopen(path, "we");

	assert_non_null(file);
	(void)fputs("[\n", file);
	for (int i = 0; i < count; i++)
		write_task(file, i, i + 1 == count);
	(void)fputs("]\n", file);
	assert_true(fflush(file) == 0);
}

static void write_settings(const char *path)
{
	AUTO_FCLOSE FILE *settings = fopen(path, "we");

	assert_non_null(settings);
	assert_true(fputs("confirmation=no\nverbose=nothing\n", settings) >= 0);
}

/* --- a run --- */

/* What the run before has written goes first: to give back the pages of a large file takes longer than many a command.
 */
static double run_ms(const struct peers *peers, const char *program, const char *const *words, const char *output)
{
	const char *argv[WORDS_MOST + 2] = { program };
	posix_spawn_file_actions_t actions;
	int64_t start;
	pid_t pid;
	int status;

	(void)unlink(output);
	start = clock_now_ns();
	for (size_t i = 0; words[i]; i++) {
		assert_true(i < WORDS_MOST);
		argv[i + 1] = words[i];
	}
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	(void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	/* It only reads the words; its type is older than const. */
	status = posix_spawnp(&pid, program, &actions, NULL, (char *const *)(uintptr_t)argv, peers->environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (status)
		return -1;
	assert_true(waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? clock_ms_since(start) : -1;
}

double peers_run_ours(const struct peers *peers, const char *const *words, const char *output)
{
	double ms = run_ms(peers, TASKCTL_PROGRAM, words, output);

	if (ms < 0)
		fail_msg("taskctl %s", words[0]);
	return ms;
}

double peers_run_theirs(const struct peers *peers, const char *const *words, const char *output)
{
	return run_ms(peers, "task", words, output);
}

/* --- the stage --- */

void peers_start(struct peers *peers, int count)
{
	const struct test_daemon *daemon = &peers->subject.daemon;
	char path[TEST_PATH_SIZE];

	subject_start(&peers->subject, NULL);
	(void)snprintf(peers->home, sizeof(peers->home), "HOME=%s", daemon->folder);
	(void)snprintf(peers->data, sizeof(peers->data), "TASKD_DATA=%s", daemon->data);
	(void)snprintf(peers->token, sizeof(peers->token), "TASKCTL_TOKEN=%s", peers->subject.person.access_token);
	(void)snprintf(peers->peer_data, sizeof(peers->peer_data), "TASKDATA=%s", daemon->folder);
	(void)snprintf(peers->peer_settings, sizeof(peers->peer_settings), "TASKRC=%s",
		test_daemon_path(daemon, "taskrc", path));
	(void)test_daemon_path(daemon, "tasks.json", peers->tasks);
	(void)test_daemon_path(daemon, "exported", peers->exported);
	peers->environment[0] = peers->home;
	peers->environment[1] = peers->data;
	peers->environment[2] = peers->token;
	peers->environment[3] = peers->peer_data;
	peers->environment[4] = peers->peer_settings;
	peers->environment[5] = NULL;
	write_settings(path);
	write_tasks(peers->tasks, count);
}

void peers_end(struct peers *peers)
{
	subject_end(&peers->subject);
}
