/* Start, await, signal and bury a taskd. */
#include "harness/test_daemon.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STOP_LIMIT_MS     (TEST_IS_SANITIZED ? 10000 : 1000)
#define READY_FD_IN_CHILD 200 /* above what a test holds open */
#define WORDS_LIMIT       64

/*
 * The cheapest password that the daemon allows, and as many attempts: tests are not about the cost. What a test sets
 * itself is left out.
 */
static const struct {
	const char *name, *value;
} own_settings[] = {
	{ "password_memory_kib", "19456" },
	{ "signup_burst", "1000000" },
	{ "login_burst", "1000000" },
	{ "login_burst_per_uid", "1000000" },
	{ "refresh_burst", "1000000" },
};

int64_t test_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

char *test_daemon_path(const struct test_daemon *daemon, const char *name, char *ret_path)
{
	(void)snprintf(ret_path, TEST_PATH_SIZE, "%s/%s", daemon->folder, name);
	return ret_path;
}

/* --- the folder --- */

void test_daemon_init(struct test_daemon *daemon)
{
	const char *parent = getenv("TMPDIR");

	*daemon = (struct test_daemon){ .pid_fd = -1, .ready_fd = -1 };
	/* A long TMPDIR leaves no room for the name of a socket. */
	if (!parent || strlen(parent) > 32)
		parent = "/tmp";
	(void)snprintf(daemon->folder, sizeof(daemon->folder), "%s/taskd-test-XXXXXX", parent);
	if (!mkdtemp(daemon->folder))
		fail_msg("%s: %s", daemon->folder, strerror(errno));
	test_daemon_path(daemon, "data", daemon->data);
	test_daemon_path(daemon, "run/taskd.sock", daemon->socket);
	test_daemon_path(daemon, "taskd.conf", daemon->config);
	test_daemon_path(daemon, "log", daemon->log);
}

static int remove_one(const char *path, const struct stat *found, int type, struct FTW *walk)
{
	(void)found;
	(void)type;
	(void)walk;
	(void)remove(path);
	return 0;
}

void test_daemon_deinit(struct test_daemon *daemon)
{
	test_daemon_kill(daemon);
	if (daemon->folder[0])
		(void)nftw(daemon->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	daemon->folder[0] = '\0';
}

/* Whether a line begins with the name and an equals sign. */
static bool sets(const char *settings, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = settings; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (!strncmp(line, name, length) && !strncmp(line + length, " =", 2))
			return true;
	return false;
}

void test_daemon_write_settings(const struct test_daemon *daemon, const char *settings)
{
	AUTO_FCLOSE FILE *file = fopen(daemon->config, "we");

	assert_non_null(file);
	/* First, so that a line has the number that the test gave it. */
	assert_true(fprintf(file, "%s", settings ? settings : "") >= 0);
	for (size_t i = 0; i < COUNT_OF(own_settings); i++)
		if (!sets(settings, own_settings[i].name))
			assert_true(fprintf(file, "%s = %s\n", own_settings[i].name, own_settings[i].value) > 0);
}

/* --- the process --- */

const char *test_daemon_program(void)
{
	const char *other = getenv("TASKD_UNDER_TEST");

	return other ? other : TASKD_PROGRAM;
}

static void add_word(char **words, const char *word)
{
	size_t count = 0;

	while (words[count])
		count++;
	assert_true(count + 1 < WORDS_LIMIT);
	words[count] = memory_strdup(word);
}

static void free_words(char **words)
{
	for (size_t i = 0; words[i]; i++)
		free(words[i]);
}

static void make_arguments(const struct test_daemon *daemon, const struct test_daemon_start *start, char **words)
{
	char ready_fd[8];
	const char *const own[] = { test_daemon_program(), "--socket", daemon->socket, "--data", daemon->data,
		"--config", daemon->config, "--ready-fd", ready_fd };

	(void)snprintf(ready_fd, sizeof(ready_fd), "%d", READY_FD_IN_CHILD);
	for (size_t i = 0; start->wrapper && start->wrapper[i]; i++)
		add_word(words, start->wrapper[i]);
	for (size_t i = 0; i < COUNT_OF(own); i++)
		add_word(words, own[i]);
}

static void add_variable(char **words, const char *name, const char *value)
{
	char *pair;

	if (!value)
		return;
	assert_true(asprintf(&pair, "%s=%s", name, value) > 0);
	add_word(words, pair);
	free(pair);
}

/* Nothing of the caller's session reaches the daemon but what sanitizers want. */
static void make_environment(const struct test_daemon *daemon, const struct test_daemon_start *start, char **words)
{
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS" };

	for (size_t i = 0; start->environment && start->environment[i]; i++)
		add_word(words, start->environment[i]);
	for (size_t i = 0; i < COUNT_OF(kept); i++)
		add_variable(words, kept[i], getenv(kept[i]));
	add_variable(words, "HOME", daemon->folder);
}

static void move_fd(int from, int to)
{
	if (from == to)
		(void)fcntl(to, F_SETFD, 0);
	else if (dup2(from, to) < 0)
		_exit(126);
}

/* LISTEN_PID is only known here. The room for it was left in front of the environment. */
static void hand_over(int fd, char **environment)
{
	char pid[32];

	(void)snprintf(pid, sizeof(pid), "LISTEN_PID=%d", (int)getpid());
	move_fd(fd, 3);
	add_word(environment, "LISTEN_FDS=1");
	add_word(environment, pid);
}

static void run_child(const struct test_daemon *daemon, const struct test_daemon_start *start, int ready_fd,
	pid_t parent, char **arguments, char **environment)
{
	int log_fd = open(daemon->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	/* Whatever becomes of the test, its daemon does not outlive it. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (log_fd < 0 || getppid() != parent)
		_exit(126);
	move_fd(log_fd, STDERR_FILENO);
	move_fd(ready_fd, READY_FD_IN_CHILD);
	if (start->handed_fd)
		hand_over(start->handed_fd, environment);
	(void)execvpe(arguments[0], arguments, environment);
	_exit(127);
}

void test_daemon_launch(struct test_daemon *daemon, const struct test_daemon_start *start)
{
	static const struct test_daemon_start usual = { 0 };
	char *arguments[WORDS_LIMIT] = { 0 };
	char *environment[WORDS_LIMIT] = { 0 };
	pid_t parent = getpid();
	int ready[2];

	start = start ? start : &usual;
	assert_int_equal(daemon->pid, 0);
	test_daemon_write_settings(daemon, start->settings);
	make_arguments(daemon, start, arguments);
	make_environment(daemon, start, environment);
	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	daemon->pid = fork();
	assert_true(daemon->pid >= 0);
	if (daemon->pid == 0)
		run_child(daemon, start, ready[1], parent, arguments, environment);
	(void)close(ready[1]);
	free_words(arguments);
	free_words(environment);
	daemon->ready_fd = ready[0];
	daemon->pid_fd = pidfd_open(daemon->pid, 0);
	assert_true(daemon->pid_fd >= 0);
}

bool test_daemon_wait_ready(struct test_daemon *daemon)
{
	struct pollfd readable = { .fd = daemon->ready_fd, .events = POLLIN };
	char text[16] = "";
	ssize_t length;

	if (poll(&readable, 1, TEST_PATIENCE_MS) != 1)
		fail_msg("taskd is neither ready nor gone after %d ms; see %s", TEST_PATIENCE_MS, daemon->log);
	length = read(daemon->ready_fd, text, sizeof(text) - 1);
	(void)close(daemon->ready_fd);
	daemon->ready_fd = -1;
	return length > 0 && strcmp(text, "READY=1\n") == 0;
}

static void print_log(const struct test_daemon *daemon)
{
	AUTO_FCLOSE FILE *file = fopen(daemon->log, "re");
	char line[1024];

	while (file && fgets(line, sizeof(line), file))
		print_error("taskd: %s", line);
}

void test_daemon_start(struct test_daemon *daemon, const struct test_daemon_start *start)
{
	test_daemon_launch(daemon, start);
	if (test_daemon_wait_ready(daemon))
		return;
	print_log(daemon);
	fail_msg("taskd did not start: status %d", test_daemon_wait(daemon, TEST_PATIENCE_MS));
}

int test_daemon_run(struct test_daemon *daemon, const struct test_daemon_start *start)
{
	test_daemon_launch(daemon, start);
	if (test_daemon_wait_ready(daemon))
		fail_msg("taskd serves, and should not");
	return test_daemon_wait(daemon, TEST_PATIENCE_MS);
}

static int reap(struct test_daemon *daemon)
{
	int status = 0;

	while (waitpid(daemon->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	(void)close(daemon->pid_fd);
	if (daemon->ready_fd >= 0)
		(void)close(daemon->ready_fd);
	daemon->pid = 0;
	daemon->pid_fd = daemon->ready_fd = -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int test_daemon_wait(struct test_daemon *daemon, int limit_ms)
{
	struct pollfd ended = { .fd = daemon->pid_fd, .events = POLLIN };

	if (poll(&ended, 1, limit_ms) != 1) {
		print_log(daemon);
		fail_msg("taskd still runs after %d ms", limit_ms);
	}
	return reap(daemon);
}

void test_daemon_signal(const struct test_daemon *daemon, int number)
{
	assert_true(daemon->pid > 0);
	assert_int_equal(kill(daemon->pid, number), 0);
}

void test_daemon_stop(struct test_daemon *daemon)
{
	int status;

	test_daemon_signal(daemon, SIGTERM);
	status = test_daemon_wait(daemon, STOP_LIMIT_MS);
	if (status)
		print_log(daemon);
	assert_int_equal(status, 0);
}

void test_daemon_kill(struct test_daemon *daemon)
{
	if (daemon->pid <= 0)
		return;
	(void)kill(daemon->pid, SIGKILL);
	(void)reap(daemon);
}

/* --- what can be seen of it --- */

/* A line of proc(5)'s status, such as "VmRSS:". */
static long read_status_kib(const struct test_daemon *daemon, const char *name)
{
	char path[64], line[256];
	AUTO_FCLOSE FILE *file = NULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)daemon->pid);
	file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (strncmp(line, name, strlen(name)) == 0)
			return strtol(line + strlen(name), NULL, 10);
	fail_msg("%s has no %s", path, name);
	return 0;
}

long test_daemon_rss_kib(const struct test_daemon *daemon)
{
	return read_status_kib(daemon, "VmRSS:");
}

long test_daemon_peak_kib(const struct test_daemon *daemon)
{
	return read_status_kib(daemon, "VmHWM:");
}

bool test_daemon_log_has(const struct test_daemon *daemon, const char *text)
{
	AUTO_FCLOSE FILE *file = fopen(daemon->log, "re");
	AUTO_FREE char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0)
		if (strstr(line, text))
			return true;
	return false;
}

void test_daemon_await_log(const struct test_daemon *daemon, const char *text)
{
	const struct timespec pause = { .tv_nsec = 5000000 };
	int64_t deadline = test_now_ms() + TEST_PATIENCE_MS;

	while (!test_daemon_log_has(daemon, text)) {
		if (test_now_ms() > deadline) {
			print_log(daemon);
			fail_msg("the log never said: %s", text);
		}
		(void)nanosleep(&pause, NULL);
	}
}

/* --- fixtures --- */

int test_daemon_setup(void **state)
{
	struct test_daemon *daemon = memory_array(1, sizeof(*daemon));

	*state = daemon;
	test_daemon_init(daemon);
	test_daemon_start(daemon, NULL);
	return 0;
}

int test_daemon_teardown(void **state)
{
	struct test_daemon *daemon = *state;
	int status = 0;

	if (daemon->pid) {
		(void)kill(daemon->pid, SIGTERM);
		status = test_daemon_wait(daemon, STOP_LIMIT_MS);
		if (status)
			print_log(daemon);
	}
	test_daemon_deinit(daemon);
	free(daemon);
	return status;
}
