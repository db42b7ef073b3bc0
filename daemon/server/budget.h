/* How much memory and how many connections each peer's uid holds, and all of them together. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct budget_limits {
	unsigned connections;
	unsigned connections_per_uid;
	size_t bytes; /* of input and output that wait, of all connections */
};

/* What one uid holds. */
struct budget_share {
	uid_t uid;
	unsigned connections;
	size_t bytes;
};

struct budget {
	const struct budget_limits *limits; /* borrowed; may change */
	struct budget_share *shares;
	size_t share_count;
	unsigned connections;
	size_t bytes;
};

void budget_init(struct budget *budget, const struct budget_limits *limits);
void budget_deinit(struct budget *budget);

/* A connection comes: false when there are too many. One that was let in goes by budget_leave. */
bool budget_enter(struct budget *budget, uid_t uid);
void budget_leave(struct budget *budget, uid_t uid);

/* A connection that held `before` bytes holds `after` now. */
void budget_change(struct budget *budget, uid_t uid, size_t before, size_t after);
bool budget_is_exceeded(const struct budget *budget);
/* The uid that holds most bytes: one of its connections has to go. */
uid_t budget_heaviest_uid(const struct budget *budget);
