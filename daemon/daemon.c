/* The order of things: folder, lock, store, keys, policies, socket, sandbox, server. */
#include "daemon.h"

#include "auth/attempt_limits.h"
#include "auth/failure_notes.h"
#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"
#include "instance.h"
#include "listen_socket.h"
#include "maintenance.h"
#include "methods/authenticate.h"
#include "methods/export_cursor.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "sandbox.h"
#include "server/server.h"
#include "service_manager.h"
#include "store/backup_store.h"
#include "store/meta_store.h"
#include "store/migrations.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_DAY    86400
#define BYTES_PER_KIB      1024
#define ZONEINFO           "/usr/share/zoneinfo" /* the sandbox leaves both readable */
#define LOCALTIME          "/etc/localtime"

struct daemon {
	struct options *options;
	int lock_fd;
	int listen_fd;
	bool is_activated; /* the socket belongs to the service manager */
	char socket_path[PATH_MAX];
	bool is_new_store;
	bool is_copy; /* of another store: becomes one of its own, and may get keys */
	struct executor_stores stores;
	char issuer[64];
	struct key_ring *keys;
	struct session_policy sessions;
	char dummy_hash[PASSWORD_HASH_SIZE];
	struct use_log *uses;
	struct attempt_limits *attempts;
	struct failure_notes *failures;
	struct zone_set *zones;
	unsigned char cursor_key[EXPORT_CURSOR_KEY_SIZE];
	struct services services;
	struct method_registry *registry;
	struct dispatch dispatch;
	struct budget_limits budget_limits;
	struct work_queue_limits work_limits;
	struct server *server;
};

static const char *data_folder(const struct daemon *daemon)
{
	return daemon->options->settings.data;
}

/* --- building, in order --- */

static enum error open_folder(struct daemon *daemon, struct refusal *refusal)
{
	enum error error = places_make_folder(data_folder(daemon), refusal);

	if (!error)
		error = instance_lock(data_folder(daemon), &daemon->lock_fd, refusal);
	if (!error)
		instance_remove_leftovers(data_folder(daemon), BACKUP_PREFIX, (int64_t)time(NULL));
	return error;
}

static enum error open_store(struct daemon *daemon, struct refusal *refusal)
{
	struct executor_stores *stores = &daemon->stores;
	bool is_marked = false;
	char uuid[37];
	enum error error = db_open(&db_sqlite_driver, data_folder(daemon), DB_READ_WRITE, &stores->write_db, refusal);

	if (error)
		return error;
	secret_uuid(uuid);
	error = migrations_apply(stores->write_db, uuid, &daemon->is_new_store, refusal);
	if (error)
		return error;
	error = backup_store_is_marked(stores->write_db, &is_marked);
	daemon->is_copy = is_marked || daemon->options->is_restored;
	return error ? refuse(refusal, error, NULL, "the database cannot be read") : ERROR_NONE;
}

static enum error open_more_connections(struct daemon *daemon, struct refusal *refusal)
{
	struct executor_stores *stores = &daemon->stores;
	const struct {
		enum db_mode mode;
		struct db **db;
	} wanted[] = {
		{ DB_READ_ONLY, &stores->read_db },
		{ DB_READ_ONLY, &stores->long_dbs[0] },
		{ DB_READ_ONLY, &stores->long_dbs[1] },
		{ DB_READ_WRITE, &stores->checkpoint_db },
	};
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < COUNT_OF(wanted); i++)
		error = db_open(&db_sqlite_driver, data_folder(daemon), wanted[i].mode, wanted[i].db, refusal);
	return error;
}

static enum error open_keys(struct daemon *daemon, struct refusal *refusal)
{
	return key_ring_open(data_folder(daemon), getenv("CREDENTIALS_DIRECTORY"),
		daemon->is_new_store || daemon->is_copy, (enum key_algorithm)daemon->options->settings.token_algorithm,
		(int64_t)time(NULL), &daemon->keys, refusal);
}

/*
 * A copy would go on as the original: with its tokens, sessions and codes. The mark goes when the keys are there, so
 * that a start that is killed in between finds it again.
 */
static enum error renew_copy(const struct daemon *daemon)
{
	char uuid[37];

	if (!daemon->is_copy)
		return ERROR_NONE;
	log_info("the database was restored from a copy: its sessions, tokens and codes end");
	secret_uuid(uuid);
	return backup_store_renew(daemon->stores.write_db, uuid);
}

static enum error settle_store(struct daemon *daemon, struct refusal *refusal)
{
	char uuid[37];
	enum error error = renew_copy(daemon);

	if (!error)
		error = meta_store_uuid(daemon->stores.write_db, uuid);
	if (error)
		return refuse(refusal, error, NULL, "the database cannot be made a store of its own");
	(void)snprintf(daemon->issuer, sizeof(daemon->issuer), "taskd:%s", uuid);
	return ERROR_NONE;
}

static void apply_attempt_limits(struct attempt_limits *attempts, const struct daemon_settings *settings)
{
	const struct attempt_limit_policy policy = {
		.limits = {
			[ATTEMPT_BUCKET_LOGIN] = { .burst = settings->login_burst, .per_hour = settings->login_per_hour },
			[ATTEMPT_BUCKET_LOGIN_PER_UID] = { .burst = settings->login_burst_per_uid,
				.per_hour = settings->login_per_hour_per_uid },
			[ATTEMPT_BUCKET_SIGNUP] = { .burst = settings->signup_burst, .per_hour = settings->signup_per_hour },
			[ATTEMPT_BUCKET_REFRESH] = { .burst = settings->refresh_burst, .per_hour = settings->refresh_per_hour },
		},
	};

	attempt_limits_configure(attempts, &policy);
}

/* What settings decide. Handlers read it, so it changes only while none runs in the pool. */
static enum error apply_settings(struct daemon *daemon, const struct daemon_settings *settings, struct refusal *refusal)
{
	struct password_cost cost = { .operations = (uint64_t)settings->password_operations,
		.memory_bytes = (size_t)settings->password_memory_kib * BYTES_PER_KIB };

	if (password_dummy_hash(&cost, daemon->dummy_hash))
		return refuse(refusal, ERROR_INTERNAL, NULL, "no hash can be made with these password settings");
	daemon->sessions = (struct session_policy){
		.token = { .issuer = daemon->issuer,
			.lifetime_limit = settings->access_token_minutes * SECONDS_PER_MINUTE },
		.access_seconds = settings->access_token_minutes * SECONDS_PER_MINUTE,
		.refresh_idle_seconds = settings->refresh_idle_days * SECONDS_PER_DAY,
		.refresh_absolute_seconds = settings->refresh_absolute_days * SECONDS_PER_DAY,
		.binding = (enum session_binding)settings->bind_uid,
	};
	daemon->services.password_cost = cost;
	daemon->services.signup = (enum signup_policy)settings->signup;
	daemon->budget_limits = (struct budget_limits){ .connections = (unsigned)settings->max_connections,
		.connections_per_uid = (unsigned)settings->max_connections_per_uid,
		.bytes = (size_t)settings->waiting_budget_kib * BYTES_PER_KIB };
	daemon->work_limits = (struct work_queue_limits){ .waiting = (unsigned)settings->hash_queue,
		.waiting_per_uid = (unsigned)settings->hash_queue_per_uid };
	daemon->services.token_algorithm = (enum key_algorithm)settings->token_algorithm;
	daemon->services.audit_seconds = settings->audit_days * SECONDS_PER_DAY;
	daemon->services.history_seconds = settings->history_days * SECONDS_PER_DAY;
	daemon->services.bin_seconds = settings->bin_days * SECONDS_PER_DAY;
	apply_attempt_limits(daemon->attempts, settings);
	log_init("taskd", (enum log_level)settings->log_level);
	return ERROR_NONE;
}

static void describe(void *context, struct json_writer *writer)
{
	dispatch_describe(context, writer);
}

static enum error make_dispatch(struct daemon *daemon, struct refusal *refusal)
{
	daemon->uses = use_log_new();
	daemon->attempts = attempt_limits_new();
	daemon->failures = failure_notes_new();
	daemon->zones = zone_set_new(ZONEINFO, getenv("TZ"), LOCALTIME);
	secret_random(daemon->cursor_key, sizeof(daemon->cursor_key));
	daemon->registry = method_registry_new(method_tables);
	daemon->dispatch = (struct dispatch){
		.methods = daemon->registry, .hooks = authenticate_hooks(), .operator_uid = geteuid()
	};
	daemon->services = (struct services){
		.keys = daemon->keys,
		.sessions = &daemon->sessions,
		.dummy_hash = daemon->dummy_hash,
		.instance = daemon->issuer,
		.version = TASKCTL_VERSION,
		.started_at = (int64_t)time(NULL),
		.daemon_uid = geteuid(),
		.discover_context = &daemon->dispatch,
		.discover = describe,
		.use_context = daemon->uses,
		.note_use = use_log_note,
		.attempts = daemon->attempts,
		.failures = daemon->failures,
		.cursor_key = daemon->cursor_key,
		.data_folder = data_folder(daemon),
		.zones = daemon->zones,
	};
	return apply_settings(daemon, &daemon->options->settings, refusal);
}

/* The socket that we were handed, else our own. */
static enum error open_socket(struct daemon *daemon, struct refusal *refusal)
{
	int handed = service_manager_take_socket();
	enum error error;

	if (handed == SERVICE_MANAGER_BAD_SOCKET)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "the handed-over socket cannot be used");
	daemon->is_activated = handed >= 0;
	if (daemon->is_activated) {
		daemon->listen_fd = handed;
		listen_socket_path(handed, daemon->socket_path);
	} else {
		(void)snprintf(
			daemon->socket_path, sizeof(daemon->socket_path), "%s", daemon->options->settings.socket);
		error = listen_socket_bind(daemon->socket_path, &daemon->listen_fd, refusal);
		if (error)
			return error;
	}
	/* A note for clients that have no environment of ours: a full disk is no reason not to start. */
	if (daemon->socket_path[0] && instance_record_socket(data_folder(daemon), daemon->socket_path, refusal))
		log_warning("%s", refusal->message);
	return ERROR_NONE;
}

static enum error enter_sandbox(struct daemon *daemon, struct refusal *refusal)
{
	char socket_path[PATH_MAX], config_path[PATH_MAX];
	struct sandbox_paths paths = { .data_folder = data_folder(daemon),
		.credentials_folder = getenv("CREDENTIALS_DIRECTORY") };

	(void)refusal;
	(void)snprintf(socket_path, sizeof(socket_path), "%s", daemon->socket_path);
	(void)snprintf(config_path, sizeof(config_path), "%s", daemon->options->config);
	paths.socket_folder = daemon->is_activated ? NULL : dirname(socket_path);
	paths.config_folder = config_path[0] ? dirname(config_path) : NULL;
	sandbox_enter(&paths);
	return ERROR_NONE;
}

/* --- what the server calls --- */

static void write_ready(int fd)
{
	static const char ready[] = "READY=1\n";

	if (fd < 0)
		return;
	if (write(fd, ready, sizeof(ready) - 1) != (ssize_t)sizeof(ready) - 1)
		log_warning("--ready-fd: %s", strerror(errno));
	(void)close(fd);
}

static void on_ready(void *context)
{
	struct daemon *daemon = context;

	log_info("serving %s at %s", data_folder(daemon), daemon->socket_path);
	write_ready(daemon->options->ready_fd);
	daemon->options->ready_fd = -1;
	service_manager_notify("READY=1");
}

static enum error reload(struct daemon *daemon, struct refusal *refusal)
{
	struct daemon_settings *current = &daemon->options->settings;
	struct daemon_settings fresh = { 0 };
	const char *fixed;
	enum error error = options_reload(daemon->options, &fresh, refusal);

	if (error)
		return error;
	/* Places that nobody named stay where they were found at the start. */
	if (!fresh.socket)
		fresh.socket = memory_strdup(current->socket);
	if (!fresh.data)
		fresh.data = memory_strdup(current->data);
	fixed = settings_find_fixed_change(daemon_settings_table, current, &fresh);
	if (fixed)
		error = refuse(refusal, ERROR_INVALID_PARAMS, fixed, "%s changes at a restart only", fixed);
	if (!error)
		error = key_ring_reload(daemon->keys, refusal);
	if (!error)
		error = apply_settings(daemon, &fresh, refusal);
	if (error) {
		settings_deinit(daemon_settings_table, &fresh);
		return error;
	}
	settings_deinit(daemon_settings_table, current);
	*current = fresh;
	daemon->services.data_folder = data_folder(daemon);
	return ERROR_NONE;
}

static void on_reload(void *context)
{
	struct daemon *daemon = context;
	struct refusal refusal = { 0 };

	service_manager_notify_reloading();
	if (reload(daemon, &refusal))
		log_error("reload: %s; the old settings stay", refusal.message);
	else
		log_info("reloaded the settings and the keys");
	service_manager_notify("READY=1");
}

/* The way to us goes first, so that the next client starts a new daemon instead of waiting for this one. */
static void on_stopping(void *context)
{
	struct daemon *daemon = context;

	service_manager_notify("STOPPING=1");
	if (daemon->is_activated)
		return;
	(void)unlink(daemon->socket_path);
	instance_forget_socket(data_folder(daemon));
}

static void on_watchdog(void *context)
{
	(void)context;
	service_manager_notify("WATCHDOG=1");
}

static enum error make_server(struct daemon *daemon, struct refusal *refusal)
{
	const struct server_options options = {
		.listen_fd = daemon->listen_fd,
		.socket_path = daemon->socket_path[0] ? daemon->socket_path : NULL,
		.dispatch = &daemon->dispatch,
		.services = &daemon->services,
		.stores = daemon->stores,
		.budget_limits = &daemon->budget_limits,
		.work_limits = &daemon->work_limits,
		.jobs = maintenance_jobs,
		.idle_exit_s = daemon->options->settings.idle_exit_seconds,
		.watchdog_interval_ms = service_manager_watchdog_interval_ms(),
		.context = daemon,
		.on_ready = on_ready,
		.on_reload = on_reload,
		.on_stopping = on_stopping,
		.on_watchdog = on_watchdog,
	};

	daemon->server = server_new(&options);
	if (!daemon->server)
		return refuse(refusal, ERROR_INTERNAL, NULL, "the server cannot start");
	return ERROR_NONE;
}

/* --- the whole --- */

typedef enum error (*build_step)(struct daemon *daemon, struct refusal *refusal);

static enum error build(struct daemon *daemon, struct refusal *refusal)
{
	static const build_step steps[] = {
		open_folder,
		open_store,
		open_more_connections,
		open_keys,
		settle_store,
		make_dispatch,
		open_socket,
		enter_sandbox,
		make_server,
	};
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < COUNT_OF(steps); i++)
		error = steps[i](daemon, refusal);
	return error;
}

static void close_stores(struct executor_stores *stores)
{
	/* The writing connection goes last: it takes the log of writes with it. */
	struct db *const dbs[] = { stores->checkpoint_db, stores->long_dbs[1], stores->long_dbs[0], stores->read_db,
		stores->write_db };

	for (size_t i = 0; i < COUNT_OF(dbs); i++)
		if (dbs[i])
			db_close(dbs[i]);
}

static void demolish(struct daemon *daemon)
{
	method_registry_free(daemon->registry);
	use_log_free(daemon->uses);
	attempt_limits_free(daemon->attempts);
	failure_notes_free(daemon->failures);
	zone_set_free(daemon->zones);
	key_ring_free(daemon->keys);
	close_stores(&daemon->stores);
	if (daemon->lock_fd >= 0)
		(void)close(daemon->lock_fd);
}

int daemon_run(struct options *options)
{
	struct daemon daemon = { .options = options, .lock_fd = -1, .listen_fd = -1 };
	struct refusal refusal = { 0 };
	enum error error = build(&daemon, &refusal);
	bool is_at_rest = true;

	if (error) {
		log_error("cannot start: %s", refusal.message);
	} else {
		server_run(daemon.server);
		is_at_rest = server_free(daemon.server);
	}
	/* What still runs in the pool uses what would be taken down; the store keeps only what was committed. */
	if (!is_at_rest)
		_exit(EXIT_SUCCESS);
	demolish(&daemon);
	if (!error)
		return EXIT_SUCCESS;
	return error == ERROR_CONFLICT ? DAEMON_EXIT_SECOND : DAEMON_EXIT_CANNOT_START;
}
