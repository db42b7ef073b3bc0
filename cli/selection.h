/*
 * Which tasks a command changes: ids or a filter, one of them, and never all by themselves. Which tasks it reads: all
 * that is said, together.
 */
#pragma once

#include "common/buffer.h"
#include "invocation.h"

#include <jansson.h>

/*
 * Put the selection into `params`: the first `ids` words, else --filter, confined to the active context. Neither and
 * both are ERROR_INVALID_PARAMS, with an example for the command.
 */
enum error selection_read(struct invocation *invocation, size_t ids, json_t *params, struct trouble *trouble);

/*
 * The same for a command that takes text behind it: one word of IDS, or --filter, for a text may begin with a number.
 * The words of the text, joined by spaces, become the member `name`.
 */
enum error selection_read_text(
	struct invocation *invocation, const char *name, json_t *params, struct trouble *trouble);

/* The words from the first `from` on, joined by spaces. A new reference. ERROR_INVALID_PARAMS: they are no UTF-8. */
enum error selection_join_words(
	const struct invocation *invocation, size_t from, json_t **ret_text, struct trouble *trouble);

/* The first word must name one task, and --filter cannot. A new reference, as the wire wants it. */
enum error selection_read_one(const struct invocation *invocation, json_t **ret_id, struct trouble *trouble);

/* The same for a command that takes nothing else: every word must be IDS. */
enum error selection_read_all(struct invocation *invocation, json_t *params, struct trouble *trouble);

/* Append what a command that reads is told: --filter, words and --all. */
void selection_read_filter(const struct arguments *arguments, struct buffer *filter);

/* Whether nothing but ids was said: those name tasks wherever they are, whatever the context. */
bool selection_names_tasks(const struct arguments *arguments);

/*
 * Put the words, or what --filter says, as `filter` into the parameters; nothing where there are neither. Both at once
 * are a mistake.
 */
enum error selection_put_filter(const struct arguments *arguments, json_t *params, struct trouble *trouble);
