/* The loop and everything that lives on it: from the first accept to the last reply. */
#pragma once

#include "server/budget.h"
#include "server/executor.h"
#include "server/jobs.h"
#include "server/work_queue.h"

/* All borrowed for the server's life. What limits points to may change in on_reload. */
struct server_options {
	int listen_fd;           /* bound; taken over by server_new */
	const char *socket_path; /* the server stops when it vanishes; NULL: it has none */
	const struct dispatch *dispatch;
	const struct services *services;
	struct executor_stores stores;
	const struct budget_limits *budget_limits;
	const struct work_queue_limits *work_limits;
	const struct server_job *jobs;
	int64_t idle_exit_s;          /* stop when nobody was connected for so long; 0: never */
	int64_t watchdog_interval_ms; /* 0: none */
	void *context;
	void (*on_ready)(void *context);  /* connections are accepted from now on */
	void (*on_reload)(void *context); /* SIGHUP, at a moment when nothing runs in the pool */
	void (*on_stopping)(void *context);
	void (*on_watchdog)(void *context); /* every watchdog_interval_ms */
};

struct server;

/* NULL, with the reason in the log, when the loop or the listener cannot be set up. */
struct server *server_new(const struct server_options *options);

/* Serve until SIGTERM, SIGINT, a vanished socket or idleness. What is in flight is answered, within a second. */
void server_run(struct server *server);

/*
 * False: something still runs in the pool past the second that a stop may take. The caller must not free what it uses,
 * and end the process.
 */
bool server_free(struct server *server);
