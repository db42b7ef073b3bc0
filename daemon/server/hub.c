/* The list of connections, and a queue of those that are ready. */
#include "server/hub.h"

#include "common/log.h"
#include "common/memory.h"
#include "server/connection.h"

#include <stdlib.h>

#define ROUND_SIZE 64u /* connections whose replies are held back until all of them had their turn */

void hub_init(struct hub *hub, uv_loop_t *loop, const struct dispatch *dispatch, const struct services *services,
	struct executor *executor, const struct budget_limits *limits)
{
	*hub = (struct hub){ .loop = loop, .dispatch = dispatch, .services = services, .executor = executor };
	budget_init(&hub->budget, limits);
	hub->scratch = memory_alloc(HUB_SCRATCH_SIZE);
}

void hub_deinit(struct hub *hub)
{
	call_stock_deinit(&hub->stock);
	budget_deinit(&hub->budget);
	free(hub->scratch);
	buffer_deinit(&hub->line_scratch);
}

void hub_ready(struct hub *hub, struct connection *connection)
{
	struct connection_links *links = connection_links(connection);

	if (links->is_ready)
		return;
	links->is_ready = true;
	links->next_ready = NULL;
	if (hub->ready_last)
		connection_links(hub->ready_last)->next_ready = connection;
	else
		hub->ready_first = connection;
	hub->ready_last = connection;
}

static struct connection *take_ready(struct hub *hub)
{
	struct connection *connection = hub->ready_first;

	if (!connection)
		return NULL;
	hub->ready_first = connection_links(connection)->next_ready;
	if (!hub->ready_first)
		hub->ready_last = NULL;
	connection_links(connection)->is_ready = false;
	return connection;
}

/* So many, that what they all have to say stays little. */
static struct connection *take_round(struct hub *hub)
{
	struct connection *first = NULL;
	struct connection **end = &first;

	for (unsigned i = 0; i < ROUND_SIZE && (*end = take_ready(hub)); i++) {
		end = &connection_links(*end)->next_turn;
		*end = NULL;
	}
	return first;
}

void hub_settle(struct hub *hub)
{
	struct connection *round;

	while ((round = take_round(hub))) {
		for (struct connection *c = round; c; c = connection_links(c)->next_turn)
			connection_begin_turn(c);
		for (struct connection *c = round, *next; c; c = next) {
			next = connection_links(c)->next_turn;
			connection_end_turn(c);
		}
	}
}

/* Of this uid: the one waited for longest, else the one that holds most. */
static struct connection *find_victim(const struct hub *hub, uid_t uid)
{
	struct connection *victim = NULL;
	uint64_t victim_since = UINT64_MAX;
	size_t victim_bytes = 0;

	for (struct connection *c = hub->connections; c; c = connection_links(c)->next) {
		uint64_t since = connection_waiting_since(c) ? connection_waiting_since(c) : UINT64_MAX;
		size_t bytes = connection_held_bytes(c);

		if (connection_uid(c) != uid || !bytes)
			continue;
		if (since < victim_since || (since == victim_since && bytes > victim_bytes)) {
			victim = c;
			victim_since = since;
			victim_bytes = bytes;
		}
	}
	return victim;
}

void hub_enforce_budget(struct hub *hub)
{
	while (budget_is_exceeded(&hub->budget)) {
		uid_t uid = budget_heaviest_uid(&hub->budget);
		struct connection *victim = find_victim(hub, uid);

		if (!victim)
			return;
		log_warning("closing a connection of uid %u: the clients' data that waits exceeds the budget",
			(unsigned)uid);
		connection_close(victim);
	}
}

void hub_stop(struct hub *hub)
{
	hub->is_stopping = true;
	for (struct connection *c = hub->connections; c; c = connection_links(c)->next)
		hub_ready(hub, c);
}
