/* The loop: listener, signals, timers, and the two places where a turn is committed before the loop blocks. */
#include "server/server.h"

#include "common/log.h"
#include "common/memory.h"
#include "server/connection.h"
#include "server/hub.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

#define LISTEN_BACKLOG 4096
#define STOP_LIMIT_MS  900

struct server {
	struct server_options options;
	uv_loop_t loop;
	uv_pipe_t listener;
	uv_check_t check;
	uv_prepare_t prepare;
	uv_signal_t on_term, on_int, on_hup;
	uv_timer_t idle_timer, watchdog_timer, stop_timer;
	uv_fs_event_t socket_watch;
	struct stat socket_identity;
	char *socket_folder;
	struct hub hub;
	struct executor *executor;
	struct jobs *jobs;
	bool is_stopping;
	bool is_abandoned; /* the second is over */
};

static void server_stop(struct server *server, const char *reason);
static void end_when_answered(struct server *server);

/* --- turns --- */

/* Commit what came, let the replies leave, start what waited for them; until the loop may block. */
static void settle(struct server *server)
{
	do {
		executor_turn(server->executor);
		hub_settle(&server->hub);
	} while (executor_needs_turn(server->executor));
	if (server->is_stopping)
		end_when_answered(server);
}

static void on_check(uv_check_t *check)
{
	settle(check->data);
}

static void on_prepare(uv_prepare_t *prepare)
{
	struct server *server = prepare->data;

	settle(server);
	executor_turn(server->executor); /* nothing is queued; this ends the snapshot before the loop blocks */
}

/* --- signals and timers --- */

static void on_stop_signal(uv_signal_t *signal, int number)
{
	server_stop(signal->data, number == SIGTERM ? "SIGTERM" : "SIGINT");
}

static void on_quiet(void *context)
{
	struct server *server = context;

	server->options.on_reload(server->options.context);
}

static void on_reload_signal(uv_signal_t *signal, int number)
{
	struct server *server = signal->data;

	(void)number;
	executor_when_quiet(server->executor, on_quiet, server);
}

static void on_watchdog(uv_timer_t *timer)
{
	const struct server *server = timer->data;

	server->options.on_watchdog(server->options.context);
}

static void on_idle(uv_timer_t *timer)
{
	server_stop(timer->data, "nobody has been connected for idle_exit_seconds");
}

static void on_connection_count(void *context, unsigned connections)
{
	struct server *server = context;

	if (server->is_stopping || !server->options.idle_exit_s)
		return;
	if (connections)
		(void)uv_timer_stop(&server->idle_timer);
	else
		(void)uv_timer_start(&server->idle_timer, on_idle, (uint64_t)server->options.idle_exit_s * 1000, 0);
}

static void on_socket_folder_event(uv_fs_event_t *event, const char *name, int events, int status)
{
	struct server *server = event->data;
	struct stat now;

	(void)name;
	(void)events;
	(void)status;
	if (stat(server->options.socket_path, &now) == 0 && now.st_ino == server->socket_identity.st_ino &&
		now.st_dev == server->socket_identity.st_dev)
		return;
	server_stop(server, "the socket is gone");
}

static void on_connection(uv_stream_t *listener, int status)
{
	struct server *server = listener->data;

	if (status < 0)
		log_warning("accept: %s", uv_strerror(status));
	else
		connection_accept(&server->hub, listener);
}

/* --- the end --- */

static void close_handle(uv_handle_t *handle, void *context)
{
	(void)context;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void close_connections(struct server *server)
{
	for (struct connection *c = server->hub.connections, *next; c; c = next) {
		next = connection_links(c)->next;
		connection_close(c);
	}
}

/* The last reply has left and nothing runs: the loop runs out of handles, and ends. */
static void end_when_answered(struct server *server)
{
	if (!server->hub.connections && executor_is_idle(server->executor))
		uv_walk(&server->loop, close_handle, NULL);
}

/* The second is over: clients that do not take their replies, or a pool that is not done. */
static void on_stop_limit(uv_timer_t *timer)
{
	struct server *server = timer->data;

	close_connections(server);
	if (executor_is_idle(server->executor))
		return;
	log_warning("stopping although some work is not finished; its callers were not answered");
	server->is_abandoned = true;
	uv_stop(&server->loop);
}

static void server_stop(struct server *server, const char *reason)
{
	if (server->is_stopping)
		return;
	log_info("stopping: %s", reason);
	server->is_stopping = true;
	server->options.on_stopping(server->options.context);
	uv_close((uv_handle_t *)&server->listener, NULL);
	jobs_stop(server->jobs);
	executor_refuse_queued(server->executor);
	hub_stop(&server->hub);
	(void)uv_timer_start(&server->stop_timer, on_stop_limit, STOP_LIMIT_MS, 0);
}

/* --- the beginning --- */

static int start_listener(struct server *server)
{
	int error = uv_pipe_init(&server->loop, &server->listener, 0);

	server->listener.data = server;
	if (!error)
		error = uv_pipe_open(&server->listener, server->options.listen_fd);
	if (!error)
		error = uv_listen((uv_stream_t *)&server->listener, LISTEN_BACKLOG, on_connection);
	return error;
}

static int start_turns(struct server *server)
{
	server->check.data = server;
	server->prepare.data = server;
	(void)uv_check_init(&server->loop, &server->check);
	(void)uv_prepare_init(&server->loop, &server->prepare);
	(void)uv_check_start(&server->check, on_check);
	(void)uv_prepare_start(&server->prepare, on_prepare);
	return 0;
}

static int start_signal(struct server *server, uv_signal_t *signal, uv_signal_cb on_signal, int number)
{
	int error = uv_signal_init(&server->loop, signal);

	signal->data = server;
	return error ? error : uv_signal_start(signal, on_signal, number);
}

static int start_signals(struct server *server)
{
	int error = start_signal(server, &server->on_term, on_stop_signal, SIGTERM);

	if (!error)
		error = start_signal(server, &server->on_int, on_stop_signal, SIGINT);
	if (!error)
		error = start_signal(server, &server->on_hup, on_reload_signal, SIGHUP);
	return error;
}

static int start_timers(struct server *server)
{
	uint64_t watchdog_ms = (uint64_t)server->options.watchdog_interval_ms;
	uv_timer_t *const timers[] = { &server->idle_timer, &server->watchdog_timer, &server->stop_timer };

	for (size_t i = 0; i < sizeof(timers) / sizeof(*timers); i++) {
		(void)uv_timer_init(&server->loop, timers[i]);
		timers[i]->data = server;
	}
	if (watchdog_ms)
		(void)uv_timer_start(&server->watchdog_timer, on_watchdog, watchdog_ms, watchdog_ms);
	on_connection_count(server, 0);
	return 0;
}

/* A logout removes the runtime folder, and with it the way to us: then there is nothing left to serve. */
static int start_socket_watch(struct server *server)
{
	/* One that was handed over may have no name, or be out of our sight. */
	if (!server->options.socket_path || stat(server->options.socket_path, &server->socket_identity))
		return 0;
	server->socket_folder = memory_strdup(server->options.socket_path);
	server->socket_watch.data = server;
	(void)uv_fs_event_init(&server->loop, &server->socket_watch);
	return uv_fs_event_start(&server->socket_watch, on_socket_folder_event, dirname(server->socket_folder), 0);
}

typedef int (*start_step)(struct server *server);

static int start_everything(struct server *server)
{
	int (*const steps[])(
		struct server *) = { start_listener, start_turns, start_signals, start_timers, start_socket_watch };
	int error = 0;

	for (size_t i = 0; !error && i < sizeof(steps) / sizeof(*steps); i++)
		error = steps[i](server);
	return error;
}

struct server *server_new(const struct server_options *options)
{
	struct server *server = memory_array(1, sizeof(*server));
	int error;

	server->options = *options;
	error = uv_loop_init(&server->loop);
	if (error) {
		log_error("no event loop: %s", uv_strerror(error));
		free(server);
		return NULL;
	}
	server->executor = executor_new(&server->loop, options->dispatch, &options->stores, options->work_limits);
	hub_init(&server->hub, &server->loop, options->dispatch, options->services, server->executor,
		options->budget_limits);
	server->hub.on_count = on_connection_count;
	server->hub.context = server;
	error = start_everything(server);
	server->jobs = jobs_new(&server->loop, server->executor, options->dispatch, options->services, options->jobs);
	if (!error)
		return server;
	log_error("the server cannot start: %s", uv_strerror(error));
	uv_walk(&server->loop, close_handle, NULL);
	(void)uv_run(&server->loop, UV_RUN_DEFAULT);
	(void)server_free(server);
	return NULL;
}

void server_run(struct server *server)
{
	server->options.on_ready(server->options.context);
	(void)uv_run(&server->loop, UV_RUN_DEFAULT);
}

bool server_free(struct server *server)
{
	if (server->is_abandoned)
		return false;
	jobs_free(server->jobs);
	executor_free(server->executor);
	hub_deinit(&server->hub);
	free(server->socket_folder);
	(void)uv_loop_close(&server->loop);
	free(server);
	return true;
}
