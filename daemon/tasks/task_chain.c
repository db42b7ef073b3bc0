/* How long chains of tasks are. */
#include "tasks/task_chain.h"

/* Tasks by their place among all of them. */
struct graph {
	size_t count;
	size_t *edges;   /* of each task the first place in `on`, and behind them the end */
	size_t *on;      /* what is depended on */
	size_t *waiting; /* of each task, how many that depend on it were not gone through yet */
	size_t *lengths; /* of the longest chain that ends with the task */
	size_t *queue;   /* that nobody depends on any more */
	size_t queued;
};

static size_t place_of(const struct id_list *tasks, int64_t id)
{
	size_t low = 0;
	size_t high = tasks->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tasks->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void link_tasks(
	struct graph *graph, const struct id_list *tasks, const struct id_list *from, const struct id_list *on)
{
	size_t edge = 0;

	for (size_t task = 0; task < graph->count; task++) {
		graph->edges[task] = edge;
		for (; edge < from->count && from->ids[edge] == tasks->ids[task]; edge++) {
			graph->on[edge] = place_of(tasks, on->ids[edge]);
			graph->waiting[graph->on[edge]]++;
		}
	}
	graph->edges[graph->count] = edge;
}

static void enqueue(struct graph *graph, size_t task)
{
	graph->queue[graph->queued++] = task;
}

static void lengthen(struct graph *graph, size_t task)
{
	for (size_t edge = graph->edges[task]; edge < graph->edges[task + 1]; edge++) {
		size_t on = graph->on[edge];

		if (graph->lengths[on] < graph->lengths[task] + 1)
			graph->lengths[on] = graph->lengths[task] + 1;
		if (!--graph->waiting[on])
			enqueue(graph, on);
	}
}

/* Whoever nobody depends on begins chains; each is gone through once all in front of it were (Kahn, 1962). */
static size_t find_longest(struct graph *graph)
{
	size_t longest = 0;

	for (size_t task = 0; task < graph->count; task++) {
		graph->lengths[task] = 1;
		if (!graph->waiting[task])
			enqueue(graph, task);
	}
	for (size_t i = 0; i < graph->queued; i++) {
		size_t task = graph->queue[i];

		longest = graph->lengths[task] > longest ? graph->lengths[task] : longest;
		lengthen(graph, task);
	}
	return longest;
}

size_t task_chain_longest(
	const struct id_list *tasks, const struct id_list *from, const struct id_list *on, struct arena *arena)
{
	struct graph graph = { .count = tasks->count };

	if (!from->count)
		return 0;
	graph.edges = arena_array(arena, tasks->count + 1, sizeof(*graph.edges));
	graph.on = arena_array(arena, from->count, sizeof(*graph.on));
	graph.waiting = arena_array(arena, tasks->count, sizeof(*graph.waiting));
	graph.lengths = arena_array(arena, tasks->count, sizeof(*graph.lengths));
	graph.queue = arena_array(arena, tasks->count, sizeof(*graph.queue));
	link_tasks(&graph, tasks, from, on);
	return find_longest(&graph);
}
