/* A taskd of the test's own: in a folder of its own, on a socket of its own, gone when the test is. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* How long something may take that must happen, however slow the machine. Nothing waits so long when all is well. */
#define TEST_PATIENCE_MS 60000

/* Whether the program is slower and larger than what is installed: limits of time and memory are then wider. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TEST_IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define TEST_IS_SANITIZED true
#endif
#endif
#ifndef TEST_IS_SANITIZED
#define TEST_IS_SANITIZED false
#endif

#define TEST_PATH_SIZE 160

struct test_daemon {
	char folder[64];             /* holds everything below */
	char data[TEST_PATH_SIZE];   /* missing until the first start */
	char socket[TEST_PATH_SIZE]; /* in a folder that is made by the first start */
	char config[TEST_PATH_SIZE];
	char log[TEST_PATH_SIZE]; /* stderr of all starts */
	pid_t pid;                /* 0: none runs */
	int pid_fd;
	int ready_fd;
};

/* What one start has of its own; NULL or 0 is the usual. */
struct test_daemon_start {
	const char *settings;           /* lines of the settings file, behind the harness's own */
	const char *const *wrapper;     /* a command that runs the daemon, NULL-terminated; it must exec it */
	const char *const *environment; /* NAME=value, NULL-terminated, over the harness's own */
	int handed_fd;                  /* a listening socket, which becomes descriptor 3 with LISTEN_FDS=1 */
};

/* The path of the program that is tested. */
const char *test_daemon_program(void);

/* A new folder; no process yet. */
void test_daemon_init(struct test_daemon *daemon);

/* Kill what runs, remove the folder. */
void test_daemon_deinit(struct test_daemon *daemon);

/* Start, and wait until clients can connect. Fails the test when it does not come to that. */
void test_daemon_start(struct test_daemon *daemon, const struct test_daemon_start *start);

/* Start one that will not serve, and give its exit status (128 + signal for a killed one). */
int test_daemon_run(struct test_daemon *daemon, const struct test_daemon_start *start);

/* The two halves of test_daemon_start. False: it ended, or closed the descriptor, without READY=1. */
void test_daemon_launch(struct test_daemon *daemon, const struct test_daemon_start *start);
bool test_daemon_wait_ready(struct test_daemon *daemon);

/* Wait for the end; fails the test when it does not come. Gives the exit status as test_daemon_run. */
int test_daemon_wait(struct test_daemon *daemon, int limit_ms);

/* SIGTERM: the test fails unless the daemon exits with 0 within a second (several, when it is sanitized). */
void test_daemon_stop(struct test_daemon *daemon);

/* SIGKILL, and wait for it. */
void test_daemon_kill(struct test_daemon *daemon);

void test_daemon_signal(const struct test_daemon *daemon, int number);

/* Resident memory now. */
long test_daemon_rss_kib(const struct test_daemon *daemon);
/* The most that was ever resident. */
long test_daemon_peak_kib(const struct test_daemon *daemon);

/* Whether the log holds the text. */
bool test_daemon_log_has(const struct test_daemon *daemon, const char *text);

/* Wait until the log holds the text; fails the test when it does not come to that. */
void test_daemon_await_log(const struct test_daemon *daemon, const char *text);

/* The settings file of the next start, or of a reload: the harness's own lines, then these. */
void test_daemon_write_settings(const struct test_daemon *daemon, const char *settings);

/* Milliseconds of a clock that only goes forward. */
int64_t test_now_ms(void);

/* A path inside the folder, into `ret_path` of TEST_PATH_SIZE bytes, which it returns. */
char *test_daemon_path(const struct test_daemon *daemon, const char *name, char *ret_path);

/* Group fixtures: one daemon for all tests of a program, in *state; stopping it well is one more check. */
int test_daemon_setup(void **state);
int test_daemon_teardown(void **state);
