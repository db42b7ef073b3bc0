/* The daemon about itself. */
#include "common/cleanup.h"
#include "common/wire.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "store/account_store.h"

#include <fcntl.h>
#include <unistd.h>

static enum error system_ping_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_member_text(result, "name", "taskd");
	json_writer_member_text(result, "version", request->services->version);
	json_writer_member_integer(result, "protocol", WIRE_PROTOCOL);
	json_writer_member_text(result, "instance", request->services->instance);
	json_writer_member_time(result, "time", request->now);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* The memory that this process occupies now (proc(5), statm); 0 where the sandbox keeps /proc out of reach. */
static int64_t read_rss_kib(void)
{
	AUTO_CLOSE int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	char line[128];
	ssize_t length = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);
	char *size_end;

	if (length <= 0)
		return 0;
	line[length] = '\0';
	(void)strtoll(line, &size_end, 10);
	return strtoll(size_end, NULL, 10) * (sysconf(_SC_PAGESIZE) / 1024);
}

static void write_limits(struct json_writer *result, const struct services *services)
{
	struct attempt_limit_policy policy;

	attempt_limits_policy(services->attempts, &policy);
	json_writer_key(result, "limits");
	json_writer_begin_array(result);
	for (size_t i = 0; i < ATTEMPT_BUCKET_COUNT; i++) {
		json_writer_begin_object(result);
		json_writer_member_text(result, "name", attempt_bucket_names[i]);
		json_writer_member_integer(result, "burst", policy.limits[i].burst);
		json_writer_member_integer(result, "per_hour", policy.limits[i].per_hour);
		json_writer_end_object(result);
	}
	json_writer_end_array(result);
}

static void write_keys(struct json_writer *result, const struct services *services)
{
	struct key_ring_facts facts;

	key_ring_describe(services->keys, &facts);
	json_writer_key(result, "keys");
	json_writer_begin_object(result);
	json_writer_member_integer(result, "count", (int64_t)facts.count);
	json_writer_member_text(result, "active_kid", facts.active_id);
	json_writer_member_text(result, "algorithm", key_algorithm_names[facts.algorithm]);
	json_writer_member_boolean(result, "is_read_only", facts.is_read_only);
	json_writer_end_object(result);
}

static enum error write_counts(struct request *request)
{
	struct json_writer *result = &request->result;
	struct account_totals totals;
	enum error error = account_store_totals(request->db, &totals);

	if (error)
		return error;
	json_writer_key(result, "counts");
	json_writer_begin_object(result);
	json_writer_member_integer(result, "accounts", totals.accounts);
	json_writer_member_integer(result, "sessions", totals.sessions);
	json_writer_member_integer(result, "tokens", totals.tokens);
	json_writer_member_integer(result, "tasks", totals.tasks);
	json_writer_member_integer(result, "failures_lost", failure_notes_lost(request->services->failures));
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error system_status_handler(struct request *request, const void *params)
{
	const struct services *services = request->services;
	struct json_writer *result = &request->result;
	int64_t rss_kib = read_rss_kib();
	enum error error;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_member_text(result, "version", services->version);
	json_writer_member_text(result, "instance", services->instance);
	json_writer_member_time(result, "started_at", services->started_at);
	json_writer_member_integer(result, "uptime_s", request->now - services->started_at);
	if (rss_kib)
		json_writer_member_integer(result, "rss_kib", rss_kib);
	json_writer_member_text(result, "signup", services->signup == SIGNUP_OPEN ? "open" : "operator");
	write_limits(result, services);
	write_keys(result, services);
	error = write_counts(request);
	json_writer_end_object(result);
	return error;
}

static enum error rpc_discover_handler(struct request *request, const void *params)
{
	(void)params; /* it takes none */
	request->services->discover(request->services->discover_context, &request->result);
	return ERROR_NONE;
}

const struct method system_methods[] = {
	{ .name = "system.ping",
		.summary = "Say which daemon this is and what it speaks",
		.access = ACCESS_ANYONE,
		.store = STORE_NONE,
		.handle = system_ping_handler },
	{ .name = "system.status",
		.summary = "Say how the daemon is doing",
		.access = ACCESS_OPERATOR,
		.store = STORE_READ,
		.handle = system_status_handler },
	{ .name = "rpc.discover",
		.summary = "Describe all methods as an OpenRPC document",
		.access = ACCESS_ANYONE,
		.store = STORE_NONE,
		.handle = rpc_discover_handler },
	{ 0 },
};
