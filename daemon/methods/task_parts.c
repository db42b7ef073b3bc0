/* Breadth first through the parts of tasks. */
#include "methods/task_parts.h"

#include "common/buffer.h"
#include "store/task_relation.h"

#include <inttypes.h>

#define SHOWN_PARTS 10u

struct search {
	struct request *request;
	const struct id_list *chosen;
	enum task_parts_rule rule;
	struct id_table seen;
	struct id_list queue;
	struct id_list *parts;
};

static bool is_meant(const struct search *search, enum task_status status)
{
	return status == TASK_PENDING || search->rule == TASK_PARTS_DELETE;
}

static enum error visit(struct search *search, int64_t id)
{
	struct request *request = search->request;
	struct task_node place;
	enum error error;

	if (!id_table_put(&search->seen, id, 0) || id_is_in(id, search->chosen->ids, search->chosen->count))
		return ERROR_NONE;
	error = task_relation_node(request->db, request->who.account_id, id, &place);
	if (error || place.status == TASK_DELETED)
		return error;
	id_list_add(&search->queue, id);
	if (is_meant(search, place.status))
		id_list_add(search->parts, id);
	return ERROR_NONE;
}

static enum error visit_parts(struct search *search, int64_t id)
{
	struct request *request = search->request;
	struct id_list parts;
	enum error error;

	id_list_init(&parts, request->arena);
	error = task_relation_parts(request->db, request->who.account_id, id, &parts);
	for (size_t i = 0; !error && i < parts.count; i++)
		error = visit(search, parts.ids[i]);
	if (!error && search->seen.count > TASK_PARTS_LOOP_LIMIT && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return error;
}

enum error task_parts_find(struct request *request, const struct id_list *roots, const struct id_list *chosen,
	enum task_parts_rule rule, struct id_list *ret_parts)
{
	struct search search = { .request = request, .chosen = chosen, .rule = rule, .parts = ret_parts };
	enum error error = ERROR_NONE;

	id_list_init(ret_parts, request->arena);
	id_list_init(&search.queue, request->arena);
	id_table_init(&search.seen, request->arena);
	for (size_t i = 0; i < roots->count; i++)
		if (id_table_put(&search.seen, roots->ids[i], 0))
			id_list_add(&search.queue, roots->ids[i]);
	for (size_t i = 0; !error && i < search.queue.count; i++)
		error = visit_parts(&search, search.queue.ids[i]);
	id_list_sort(ret_parts);
	return error;
}

static void write_ids(struct buffer *text, const struct id_list *ids)
{
	for (size_t i = 0; i < ids->count && i < SHOWN_PARTS; i++)
		buffer_printf(text, "%s%" PRId64, i ? ", " : "", ids->ids[i]);
	if (ids->count > SHOWN_PARTS)
		buffer_append_text(text, ", …");
}

enum error task_parts_refuse(
	struct request *request, const struct id_list *roots, const struct id_list *parts, const char *followed)
{
	struct buffer text;
	enum error error;

	buffer_init(&text);
	if (roots->count == 1)
		buffer_printf(&text, "task %" PRId64 " has", roots->ids[0]);
	else
		buffer_append_text(&text, "these tasks have");
	buffer_printf(&text, " %zu open %s (", parts->count, parts->count == 1 ? "child" : "children");
	write_ids(&text, parts);
	error = request_refuse(request, ERROR_CONFLICT, "children", "%s); children must say \"%s\" or \"keep\"",
		buffer_text(&text), followed);
	buffer_deinit(&text);
	return error;
}
