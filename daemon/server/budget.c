/* A small table of uids: a machine has few, and they are looked at when a connection comes, goes or waits. */
#include "server/budget.h"

#include "common/memory.h"
#include <assert.h>
#include <stdlib.h>

void budget_init(struct budget *budget, const struct budget_limits *limits)
{
	*budget = (struct budget){ .limits = limits };
}

void budget_deinit(struct budget *budget)
{
	free(budget->shares);
	*budget = (struct budget){ 0 };
}

static struct budget_share *find_share(const struct budget *budget, uid_t uid)
{
	for (size_t i = 0; i < budget->share_count; i++)
		if (budget->shares[i].uid == uid)
			return &budget->shares[i];
	return NULL;
}

static struct budget_share *add_share(struct budget *budget, uid_t uid)
{
	size_t count = budget->share_count + 1;
	struct budget_share *shares = memory_resize(budget->shares, count, sizeof(*shares));

	budget->shares = shares;
	budget->share_count = count;
	shares[count - 1] = (struct budget_share){ .uid = uid };
	return &shares[count - 1];
}

bool budget_enter(struct budget *budget, uid_t uid)
{
	struct budget_share *share = find_share(budget, uid);

	if (budget->connections >= budget->limits->connections)
		return false;
	if (share && share->connections >= budget->limits->connections_per_uid)
		return false;
	if (!share)
		share = add_share(budget, uid);
	share->connections++;
	budget->connections++;
	return true;
}

void budget_leave(struct budget *budget, uid_t uid)
{
	struct budget_share *share = find_share(budget, uid);

	assert(share && share->connections);
	budget->connections--;
	if (--share->connections)
		return;
	budget->bytes -= share->bytes;
	*share = budget->shares[--budget->share_count];
}

void budget_change(struct budget *budget, uid_t uid, size_t before, size_t after)
{
	struct budget_share *share = find_share(budget, uid);

	if (before == after)
		return;
	assert(share);
	share->bytes += after - before;
	budget->bytes += after - before;
}

bool budget_is_exceeded(const struct budget *budget)
{
	return budget->bytes > budget->limits->bytes;
}

uid_t budget_heaviest_uid(const struct budget *budget)
{
	const struct budget_share *heaviest = budget->shares;

	assert(heaviest);
	for (size_t i = 1; i < budget->share_count; i++)
		if (budget->shares[i].bytes > heaviest->bytes)
			heaviest = &budget->shares[i];
	return heaviest->uid;
}
