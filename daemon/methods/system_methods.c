/* The daemon about itself. */
#include "common/cleanup.h"
#include "common/wire.h"
#include "methods/methods.h"
#include "methods/services.h"

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

static enum error system_status_handler(struct request *request, const void *params)
{
	const struct services *services = request->services;
	struct json_writer *result = &request->result;
	int64_t rss_kib = read_rss_kib();

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_member_text(result, "version", services->version);
	json_writer_member_text(result, "instance", services->instance);
	json_writer_member_time(result, "started_at", services->started_at);
	json_writer_member_integer(result, "uptime_s", request->now - services->started_at);
	if (rss_kib)
		json_writer_member_integer(result, "rss_kib", rss_kib);
	json_writer_end_object(result);
	return ERROR_NONE;
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
		.store = STORE_NONE,
		.handle = system_status_handler },
	{ .name = "rpc.discover",
		.summary = "Describe all methods as an OpenRPC document",
		.access = ACCESS_ANYONE,
		.store = STORE_NONE,
		.handle = rpc_discover_handler },
	{ 0 },
};
