/* What the files of the second opinion share: a term as a text and a question to a task. */
#pragma once

#include "common/cleanup.h"
#include "filter_model.h"

#define DAY   INT64_C(86400)
#define TODAY (MODEL_NOW - MODEL_NOW % DAY) /* its first second */

#define below            filter_model_random_below
#define PICK(seed, list) ((list)[below(seed, COUNT_OF(list))])

struct leaf;
typedef bool (*question)(const struct leaf *leaf, const struct task *task);

struct leaf {
	question holds;
	bool is_negated;
	bool names_scope;
	const char *name, *sign, *value;
	int64_t first, last;
	int64_t (*number)(const struct task *task);
	double decimal;
	int order; /* -2 <, -1 <=, 0 =, 1 >=, 2 > */
	int64_t latest;
	char text[128];
};

typedef void (*leaf_maker)(struct leaf *leaf, unsigned *seed);

/* filter_model_words.c: texts, tags, projects, states. */
void filter_model_make_text(struct leaf *leaf, unsigned *seed);
void filter_model_make_search(struct leaf *leaf, unsigned *seed);
void filter_model_make_tag(struct leaf *leaf, unsigned *seed);
void filter_model_make_project(struct leaf *leaf, unsigned *seed);
void filter_model_make_status(struct leaf *leaf, unsigned *seed);
/* A sign for texts and a value, of a leaf that has the rest. */
void filter_model_pick_words(struct leaf *leaf, unsigned *seed);
const char *filter_model_word(unsigned *seed);
/* Whether a text, NULL for none, is what the leaf's sign and value ask for. */
bool filter_model_matches(const struct leaf *leaf, const char *text);
bool filter_model_waits(const struct task *task);

/* filter_model_virtual.c */
void filter_model_make_virtual(struct leaf *leaf, unsigned *seed);

/* filter_model_numbers.c: times, numbers, ids. */
void filter_model_make_time(struct leaf *leaf, unsigned *seed);
void filter_model_make_number(struct leaf *leaf, unsigned *seed);
void filter_model_make_ids(struct leaf *leaf, unsigned *seed);
void filter_model_make_relation(struct leaf *leaf, unsigned *seed);
/* A day, or a moment, and what it spans; a sign that compares. */
void filter_model_pick_time(struct leaf *leaf, unsigned *seed, char *ret_value, size_t size);
void filter_model_write_ordered(struct leaf *leaf, unsigned *seed, const char *name, const char *value);
bool filter_model_is_ordered(const struct leaf *leaf, int64_t number);

/* filter_model_urgency.c */
void filter_model_make_urgency(struct leaf *leaf, unsigned *seed);
void filter_model_classify(struct task *task, unsigned *seed);

/* filter_model_custom.c */
void filter_model_make_custom(struct leaf *leaf, unsigned *seed);
