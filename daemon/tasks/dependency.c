/* Walks over what tasks need. */
#include "tasks/dependency.h"

#include "common/buffer.h"

#include <inttypes.h>

#define SHOWN_OF_CYCLE 12u /* ids of a way that a person reads */

/* --- cycles: depth first, where a way that comes back to itself is one --- */

enum { ON_THE_WAY, DONE }; /* what is kept of each task that was reached */

struct frame {
	int64_t id;
	struct id_list needs;
	size_t next; /* of them */
};

struct walk {
	const struct dependency_graph *graph;
	struct arena *arena;
	struct id_table reached;
	struct frame *frames;
	size_t depth;
	size_t capacity;
	size_t followed;
};

static enum error count_edges(struct walk *walk, size_t count)
{
	walk->followed += count;
	return walk->followed > walk->graph->limit ? ERROR_TOO_LARGE : ERROR_NONE;
}

static struct frame *push_frame(struct walk *walk, int64_t id)
{
	if (walk->depth == walk->capacity) {
		size_t capacity = walk->capacity ? 2 * walk->capacity : 32;
		struct frame *frames = arena_array(walk->arena, capacity, sizeof(*frames));

		for (size_t i = 0; i < walk->depth; i++)
			frames[i] = walk->frames[i];
		walk->frames = frames;
		walk->capacity = capacity;
	}
	walk->frames[walk->depth] = (struct frame){ .id = id };
	return &walk->frames[walk->depth++];
}

static enum error enter(struct walk *walk, int64_t id)
{
	struct frame *frame = push_frame(walk, id);
	enum error error;

	id_table_put(&walk->reached, id, ON_THE_WAY);
	id_list_init(&frame->needs, walk->arena);
	error = walk->graph->depends(walk->graph->context, id, &frame->needs);
	if (!error)
		error = walk->graph->parts(walk->graph->context, id, &frame->needs);
	return error ? error : count_edges(walk, frame->needs.count);
}

/* The way that was gone from the task to itself. */
static void keep_cycle(const struct walk *walk, int64_t id, struct id_list *cycle)
{
	size_t first = walk->depth - 1;

	while (walk->frames[first].id != id)
		first--;
	for (size_t i = first; i < walk->depth; i++)
		id_list_add(cycle, walk->frames[i].id);
	id_list_add(cycle, id);
}

static enum error step(struct walk *walk, struct id_list *cycle)
{
	struct frame *frame = &walk->frames[walk->depth - 1];
	size_t state;
	int64_t id;

	if (frame->next == frame->needs.count) {
		id_table_put(&walk->reached, frame->id, DONE);
		walk->depth--;
		return ERROR_NONE;
	}
	id = frame->needs.ids[frame->next++];
	if (!id_table_find(&walk->reached, id, &state))
		return enter(walk, id);
	if (state == ON_THE_WAY)
		keep_cycle(walk, id, cycle);
	return ERROR_NONE;
}

enum error dependency_find_cycle(const struct dependency_graph *graph, const int64_t *starts, size_t count,
	struct arena *arena, struct id_list *ret_cycle)
{
	struct walk walk = { .graph = graph, .arena = arena };
	enum error error = ERROR_NONE;

	id_list_init(ret_cycle, arena);
	id_table_init(&walk.reached, arena);
	for (size_t i = 0; !error && !ret_cycle->count && i < count; i++) {
		if (!id_table_find(&walk.reached, starts[i], NULL))
			error = enter(&walk, starts[i]);
		while (!error && walk.depth && !ret_cycle->count)
			error = step(&walk, ret_cycle);
	}
	return error;
}

static void write_way(struct buffer *text, const struct id_list *cycle)
{
	size_t left_out = cycle->count > SHOWN_OF_CYCLE ? cycle->count - SHOWN_OF_CYCLE : 0;

	for (size_t i = 0; i < cycle->count; i++) {
		if (i)
			buffer_append_text(text, " → ");
		if (left_out && i == SHOWN_OF_CYCLE - 2) {
			buffer_append_text(text, "…");
			i += left_out;
		} else if (cycle->ids[i]) {
			buffer_printf(text, "%" PRId64, cycle->ids[i]);
		} else {
			buffer_append_text(text, "new");
		}
	}
}

enum error dependency_refuse_cycle(const struct id_list *cycle, const char *field, struct refusal *refusal)
{
	struct buffer text;
	enum error error;

	buffer_init(&text);
	if (cycle->ids[0])
		buffer_printf(&text, "task %" PRId64, cycle->ids[0]);
	else
		buffer_append_text(&text, "the new task");
	buffer_append_text(&text, " would depend on itself: ");
	write_way(&text, cycle);
	error = refuse(refusal, ERROR_CONFLICT, field, "%s", buffer_text(&text));
	buffer_deinit(&text);
	return error;
}

/* --- depth --- */

static enum error count_above(const struct dependency_graph *graph, int64_t id, unsigned *ret_levels)
{
	unsigned levels = 0;
	enum error error = graph->parent(graph->context, id, &id);

	while (!error && id && levels <= DEPENDENCY_DEPTH_LIMIT) {
		levels++;
		error = graph->parent(graph->context, id, &id);
	}
	*ret_levels = levels;
	return error;
}

/* The parts of all of them. */
static enum error go_down(struct walk *walk, const struct id_list *level, struct id_list *below)
{
	enum error error = ERROR_NONE;

	id_list_init(below, walk->arena);
	for (size_t i = 0; !error && i < level->count; i++)
		error = walk->graph->parts(walk->graph->context, level->ids[i], below);
	return error ? error : count_edges(walk, below->count);
}

static enum error count_below(struct walk *walk, int64_t id, unsigned limit, unsigned *ret_levels)
{
	struct id_list level, below;
	unsigned levels = 0;
	enum error error = ERROR_NONE;

	id_list_init(&level, walk->arena);
	id_list_add(&level, id);
	while (!error && level.count && levels <= limit) {
		error = go_down(walk, &level, &below);
		levels += !error && below.count;
		level = below;
	}
	*ret_levels = levels;
	return error;
}

enum error dependency_depth(const struct dependency_graph *graph, int64_t id, struct arena *arena, unsigned *ret_depth)
{
	struct walk walk = { .graph = graph, .arena = arena };
	unsigned above, below = 0;
	enum error error = count_above(graph, id, &above);

	if (!error && above <= DEPENDENCY_DEPTH_LIMIT)
		error = count_below(&walk, id, DEPENDENCY_DEPTH_LIMIT - above, &below);
	if (!error)
		*ret_depth = above + below;
	return error;
}
