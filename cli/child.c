/* fork(2) and execve(2), done once for all. */
#include "child.h"

#include "common/cleanup.h"
#include "common/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define OPTIONS_MOST   8 /* of a taskd that is run to its end */
#define LISTEN_FD      3 /* SD_LISTEN_FDS_START */
#define REPORT_FD      4 /* tells us why exec failed, and closes when it did not */
#define FIRST_OTHER_FD 5
#define LOG_LIMIT      ((off_t)1024 * 1024)

/* --- the environment --- */

/* What a daemon may know of us. A token is not among it. */
static const char *const kept_variables[] = { "HOME=", "PATH=", "LANG=", "TZ=", NULL };
static const char *const kept_families[] = { "XDG_", "LC_", "TASKD_", NULL };

static bool begins_with_any(const char *text, const char *const *beginnings)
{
	for (size_t i = 0; beginnings[i]; i++)
		if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

struct environment {
	char **variables; /* NULL-terminated; the texts are owned */
	size_t count;
};

static void add_variable(struct environment *environment, char *variable)
{
	environment->variables =
		memory_resize(environment->variables, environment->count + 2, sizeof(*environment->variables));
	environment->variables[environment->count++] = variable;
	environment->variables[environment->count] = NULL;
}

static char *make_variable(const char *name, const char *value)
{
	char *text;

	if (asprintf(&text, "%s=%s", name, value) < 0)
		abort();
	return text;
}

/* Without a session, as under cron, XDG_RUNTIME_DIR is missing although the folder may be there. */
static void environment_init(struct environment *environment, const struct paths *paths)
{
	*environment = (struct environment){ .variables = NULL };
	for (size_t i = 0; environ[i]; i++)
		if ((begins_with_any(environ[i], kept_variables) || begins_with_any(environ[i], kept_families)) &&
			strncmp(environ[i], "XDG_RUNTIME_DIR=", strlen("XDG_RUNTIME_DIR=")) != 0)
			add_variable(environment, memory_strdup(environ[i]));
	if (paths->runtime[0])
		add_variable(environment, make_variable("XDG_RUNTIME_DIR", paths->runtime));
}

static void environment_deinit(struct environment *environment)
{
	for (size_t i = 0; i < environment->count; i++)
		free(environment->variables[i]);
	free(environment->variables);
}

/* --- where the daemon's program is --- */

static bool is_program(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, X_OK) == 0;
}

static bool try_folder(const char *folder, size_t length, const char *below, char *ret_path)
{
	char path[PATH_MAX];

	if (!length || folder[0] != '/')
		return false;
	if (snprintf(path, sizeof(path), "%.*s/%s", (int)length, folder, below) >= (int)sizeof(path) ||
		!is_program(path))
		return false;
	memcpy(ret_path, path, strlen(path) + 1);
	return true;
}

static bool try_own_folder(char *ret_path)
{
	char own[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
	const char *slash;

	if (length <= 0)
		return false;
	own[length] = '\0';
	slash = strrchr(own, '/');
	return slash && (try_folder(own, (size_t)(slash - own), "taskd", ret_path) ||
				try_folder(own, (size_t)(slash - own), "../daemon/taskd", ret_path));
}

static bool try_search_path(char *ret_path)
{
	const char *folder = getenv("PATH");

	while (folder && *folder) {
		size_t length = strcspn(folder, ":");

		if (try_folder(folder, length, "taskd", ret_path))
			return true;
		folder += length + (folder[length] == ':');
	}
	return false;
}

enum error child_find_taskd(char *ret_path, struct trouble *trouble)
{
	enum error error;

	if (try_own_folder(ret_path) || try_folder(TASKD_BINDIR, strlen(TASKD_BINDIR), "taskd", ret_path) ||
		try_search_path(ret_path))
		return ERROR_NONE;
	error = trouble_no_daemon(
		trouble, "no daemon runs, and its program, taskd, is neither beside taskctl nor in PATH");
	trouble_advise(trouble, "install it, or name the socket of one that runs: taskctl --socket PATH");
	(void)error;
	return ERROR_NOT_FOUND;
}

/* --- the daemon --- */

void child_log_path(const struct paths *paths, char *ret_path)
{
	if (snprintf(ret_path, PATH_MAX, "%s/taskd.log", paths->data) >= PATH_MAX)
		ret_path[0] = '\0';
}

/* The log is begun anew now and then: one old one is kept. */
static int open_log(const struct paths *paths)
{
	char path[PATH_MAX];
	char old[PATH_MAX + 4];
	struct stat found;

	child_log_path(paths, path);
	(void)snprintf(old, sizeof(old), "%s.old", path);
	if (lstat(path, &found) == 0 && found.st_size > LOG_LIMIT)
		(void)rename(path, old);
	return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

struct launch_fds {
	int input, output, listening, report;
};

/* A copy out of the way of the numbers that are wanted, or the child cannot go on. */
static int lift(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OTHER_FD);
}

/* Only 0 to 3 are left for the daemon: a descriptor that a shell waits for, such as the pipe of $(…), is not. */
static bool place_descriptors(const struct launch_fds *fds)
{
	struct launch_fds high = { lift(fds->input), lift(fds->output), lift(fds->listening), lift(fds->report) };

	return dup3(high.report, REPORT_FD, O_CLOEXEC) >= 0 && dup2(high.input, STDIN_FILENO) >= 0 &&
	       dup2(high.output, STDOUT_FILENO) >= 0 && dup2(high.output, STDERR_FILENO) >= 0 &&
	       dup2(high.listening, LISTEN_FD) >= 0 && close_range(FIRST_OTHER_FD, ~0U, 0) == 0;
}

static void reset_signals(void)
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	for (int number = 1; number < SIGRTMIN; number++)
		(void)signal(number, SIG_DFL);
}

static _Noreturn void become_taskd(const char *program, const struct launch_fds *fds, struct environment *environment)
{
	char name[] = "taskd";
	char *argv[] = { name, NULL };
	char pid[16];
	int failure;
	bool is_ready = place_descriptors(fds);

	(void)snprintf(pid, sizeof(pid), "%d", (int)getpid());
	add_variable(environment, make_variable("LISTEN_FDS", "1"));
	add_variable(environment, make_variable("LISTEN_PID", pid));
	reset_signals();
	(void)umask(077);
	(void)setsid();
	if (is_ready && chdir("/") == 0)
		(void)execve(program, argv, environment->variables);
	failure = errno;
	(void)!write(REPORT_FD, &failure, sizeof(failure));
	_exit(127);
}

/* 0: exec has happened, and closed the other end; else why it could not. */
static int read_report(int fd)
{
	int failure = 0;
	ssize_t length;

	do
		length = read(fd, &failure, sizeof(failure));
	while (length < 0 && errno == EINTR);
	return length == (ssize_t)sizeof(failure) ? failure : 0;
}

static int start(const char *program, struct launch_fds *fds, const struct paths *paths)
{
	struct environment environment;
	int report[2];
	int failure;
	pid_t child;

	if (pipe2(report, O_CLOEXEC))
		return errno;
	fds->report = report[1];
	environment_init(&environment, paths);
	(void)fflush(NULL);
	child = fork();
	if (child == 0)
		become_taskd(program, fds, &environment);
	failure = errno;
	(void)close(report[1]);
	if (child > 0)
		failure = read_report(report[0]);
	(void)close(report[0]);
	environment_deinit(&environment);
	return failure;
}

enum error child_start_taskd(const struct paths *paths, int listening_fd, struct trouble *trouble)
{
	char program[PATH_MAX];
	AUTO_CLOSE int input = -1;
	AUTO_CLOSE int output = -1;
	enum error error = child_find_taskd(program, trouble);
	int failure;

	if (error)
		return error;
	input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	output = open_log(paths);
	if (input < 0 || output < 0)
		return trouble_set(
			trouble, ERROR_STORAGE, "cannot write %s/taskd.log: %s", paths->data, strerror(errno));
	failure = start(
		program, &(struct launch_fds){ .input = input, .output = output, .listening = listening_fd }, paths);
	if (failure)
		return trouble_no_daemon(trouble, "cannot start %s: %s", program, strerror(failure));
	return ERROR_NONE;
}

/* --- other programs --- */

static _Noreturn void become(const char *const *argv, const struct environment *environment, int output)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	reset_signals();
	if (nowhere >= 0 && dup2(nowhere, STDIN_FILENO) >= 0 &&
		dup2(output < 0 ? nowhere : output, STDOUT_FILENO) >= 0 &&
		dup2(output < 0 ? nowhere : output, STDERR_FILENO) >= 0)
		/* execve promises not to write to its arguments, which its type does not say. */
		(void)execve(argv[0], (char *const *)(uintptr_t)argv, environment->variables);
	_exit(127);
}

/* What it prints goes to `output`; -1: nowhere. */
static int run(const struct paths *paths, const char *const *argv, int output)
{
	struct environment environment;
	int status = -1;
	pid_t child;
	pid_t ended;

	environment_init(&environment, paths);
	(void)fflush(NULL);
	child = fork();
	if (child == 0)
		become(argv, &environment, output);
	do
		ended = child > 0 ? waitpid(child, &status, 0) : -1;
	while (ended < 0 && errno == EINTR);
	environment_deinit(&environment);
	return ended == child && child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int child_run(const struct paths *paths, const char *const *argv)
{
	return run(paths, argv, -1);
}

enum error child_run_taskd(
	const struct paths *paths, const char *const *options, int *ret_status, struct trouble *trouble)
{
	char program[PATH_MAX];
	const char *argv[OPTIONS_MOST + 2] = { program };
	enum error error = child_find_taskd(program, trouble);

	if (error)
		return error;
	for (size_t i = 0; i < OPTIONS_MOST && options[i]; i++)
		argv[i + 1] = options[i];
	*ret_status = run(paths, argv, STDERR_FILENO);
	return ERROR_NONE;
}
