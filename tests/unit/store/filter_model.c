/* Terms joined at random, written and asked. */
#include "filter_model_leaf.h"

enum node_kind { NODE_LEAF, NODE_NOT, NODE_AND, NODE_XOR, NODE_OR };

struct model_node {
	enum node_kind kind;
	const struct model_node *left, *right;
	struct leaf leaf;
};

unsigned filter_model_random_below(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % limit;
}

static struct model_node *new_node(enum node_kind kind, struct arena *arena)
{
	struct model_node *node = arena_alloc(arena, sizeof(*node));

	node->kind = kind;
	return node;
}

static const struct model_node *random_leaf(unsigned *seed, struct arena *arena)
{
	static const leaf_maker makers[] = { filter_model_make_text, filter_model_make_search, filter_model_make_tag,
		filter_model_make_tag, filter_model_make_project, filter_model_make_status, filter_model_make_virtual,
		filter_model_make_virtual, filter_model_make_time, filter_model_make_time, filter_model_make_number,
		filter_model_make_ids, filter_model_make_relation, filter_model_make_custom,
		filter_model_make_urgency };
	struct model_node *node = new_node(NODE_LEAF, arena);

	PICK(seed, makers)(&node->leaf, seed);
	return node;
}

const struct model_node *filter_model_random(unsigned *seed, size_t leaves, struct arena *arena)
{
	size_t left = leaves > 1 ? 1 + below(seed, (unsigned)leaves - 1) : 0;
	struct model_node *node;

	if (below(seed, 6) == 0) {
		node = new_node(NODE_NOT, arena);
		node->left = filter_model_random(seed, leaves, arena);
		return node;
	}
	if (!left)
		return random_leaf(seed, arena);
	node = new_node(NODE_AND + below(seed, 3), arena);
	node->left = filter_model_random(seed, left, arena);
	node->right = filter_model_random(seed, leaves - left, arena);
	return node;
}

/* What stands around it binds as close as `level`; the same level only on the left. */
static void write_node(const struct model_node *node, enum node_kind level, unsigned *seed, struct buffer *text)
{
	bool has_parentheses = node->kind > level || below(seed, 8) == 0;

	if (has_parentheses)
		buffer_append_text(text, below(seed, 2) ? "(" : "( ");
	switch (node->kind) {
	case NODE_LEAF:
		buffer_append_text(text, node->leaf.text);
		break;
	case NODE_NOT:
		buffer_append_text(text, below(seed, 2) ? "not " : "!");
		write_node(node->left, NODE_NOT, seed, text);
		break;
	case NODE_AND:
	case NODE_XOR:
	case NODE_OR:
		write_node(node->left, node->kind, seed, text);
		buffer_append_text(text, node->kind == NODE_OR    ? " or "
					 : node->kind == NODE_XOR ? " xor "
					 : below(seed, 2)         ? " and "
								  : " ");
		write_node(node->right, node->kind - 1, seed, text);
		break;
	}
	if (has_parentheses)
		buffer_append_text(text, ")");
}

void filter_model_write(const struct model_node *node, unsigned *seed, struct buffer *text)
{
	write_node(node, NODE_OR, seed, text);
}

static bool names_scope(const struct model_node *node)
{
	if (node->kind == NODE_LEAF)
		return node->leaf.names_scope;
	return names_scope(node->left) || (node->right && names_scope(node->right));
}

static bool holds(const struct model_node *node, const struct task *task, int64_t latest)
{
	struct leaf leaf;

	switch (node->kind) {
	case NODE_LEAF:
		leaf = node->leaf;
		leaf.latest = latest;
		return leaf.holds(&leaf, task) != leaf.is_negated;
	case NODE_NOT:
		return !holds(node->left, task, latest);
	case NODE_AND:
		return holds(node->left, task, latest) && holds(node->right, task, latest);
	case NODE_OR:
		return holds(node->left, task, latest) || holds(node->right, task, latest);
	case NODE_XOR:
		return holds(node->left, task, latest) != holds(node->right, task, latest);
	}
	return false;
}

bool filter_model_finds(const struct model_node *node, const struct task *task, int64_t latest)
{
	bool is_in_scope = names_scope(node) || (task->status == TASK_PENDING && !filter_model_waits(task));

	return is_in_scope && holds(node, task, latest);
}
