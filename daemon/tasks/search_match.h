/*
 * Whether a task's words are what a query asks for, and how well they fit. The index of the store and a look through
 * tasks that are not in it yet go by the same rules, so that a task is found, and stands at the same place, whether it
 * has been indexed or not.
 */
#pragma once

#include "common/buffer.h"
#include "tasks/search_query.h"
#include "tasks/task_field.h"

#include <stdint.h>

/* The words of a task, as search_words_append writes them. */
struct search_document {
	const char *title;
	size_t title_length;
	const char *body; /* of the note and the annotations, with breaks between them */
	size_t body_length;
};

/* How often a phrase occurs. */
struct search_count {
	int64_t title, body;
};

/*
 * The rank of a task that has what was asked for, in millionths: that of Okapi BM25 (k1 = 1.2, b = 0.75), a phrase in
 * the title counting eight times. What BM25 takes from the whole collection is left out, or fixed: with all words
 * required, how rare one is hardly tells tasks apart, and how often others use a word is nobody's business. `counts`
 * are those of the wanted phrases, `words` those of title and body.
 */
int64_t search_match_score(const struct search_count *counts, size_t count, int64_t words);

bool search_match(const struct search_query *query, const struct search_document *document, int64_t *ret_score);

/* The words of a task; they are in the buffers, which are emptied first. */
struct search_document search_match_document(const struct task *task, struct buffer *title, struct buffer *body);
/* Whether the field's words are among them: title, note and annotations. */
bool search_match_reads(const struct task_field *field);
