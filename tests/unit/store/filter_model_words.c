/* Texts, tags, projects and states. */
#include "filter_model_leaf.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* --- texts --- */

/* Lower case of the few letters that there are. */
static void lower(const char *text, char *ret_lower, size_t size)
{
	static const char *const pairs[][2] = { { "É", "é" }, { "Я", "я" }, { "Б", "б" }, { "Ü", "ü" } };
	size_t length = 0;

	while (*text && length + 3 < size) {
		size_t i = 0;

		while (i < COUNT_OF(pairs) && strncmp(text, pairs[i][0], 2) != 0)
			i++;
		if (i < COUNT_OF(pairs)) {
			memcpy(ret_lower + length, pairs[i][1], 2);
			length += 2;
			text += 2;
		} else {
			ret_lower[length++] = (char)tolower((unsigned char)*text++);
		}
	}
	ret_lower[length] = '\0';
}

static bool is_word_byte(char byte)
{
	return (unsigned char)byte >= 0x80 || isalnum((unsigned char)byte);
}

static bool matches_folded(const char *sign, const char *text, const char *value)
{
	size_t length = strlen(value);
	size_t text_length = strlen(text);

	if (strcmp(sign, ".startswith:") == 0 || strcmp(sign, ".left:") == 0)
		return strncmp(text, value, length) == 0;
	if (strcmp(sign, ".endswith:") == 0 || strcmp(sign, ".right:") == 0)
		return text_length >= length && strcmp(text + text_length - length, value) == 0;
	for (const char *found = strstr(text, value); found; found = strstr(found + 1, value)) {
		if (!strstr(sign, "word"))
			return true;
		if ((found == text || !is_word_byte(found[-1])) && !is_word_byte(found[length]))
			return true;
	}
	return false;
}

static bool matches_text(const char *sign, const char *text, const char *value)
{
	char folded_text[512], folded_value[128];

	if (!text)
		return false;
	if (strcmp(sign, ".is:") == 0 || strcmp(sign, "==") == 0 || strcmp(sign, "=") == 0 ||
		strcmp(sign, ".isnt:") == 0 || strcmp(sign, "!=") == 0 || strcmp(sign, ".equals:") == 0)
		return strcmp(text, value) == 0;
	lower(text, folded_text, sizeof(folded_text));
	lower(value, folded_value, sizeof(folded_value));
	return matches_folded(sign, folded_text, folded_value);
}

bool filter_model_matches(const struct leaf *leaf, const char *text)
{
	return matches_text(leaf->sign, text, leaf->value);
}

static bool has_title(const struct leaf *leaf, const struct task *task)
{
	return filter_model_matches(leaf, task->title);
}

static bool has_note(const struct leaf *leaf, const struct task *task)
{
	return filter_model_matches(leaf, task->note);
}

static bool has_project_text(const struct leaf *leaf, const struct task *task)
{
	return filter_model_matches(leaf, task->project);
}

static bool has_annotation(const struct leaf *leaf, const struct task *task)
{
	for (size_t i = 0; i < task->annotation_count; i++)
		if (filter_model_matches(leaf, task->annotations[i].text))
			return true;
	return false;
}

static bool has_tag_text(const struct leaf *leaf, const struct task *task)
{
	for (size_t i = 0; i < task->tag_count; i++)
		if (filter_model_matches(leaf, task->tags[i]))
			return true;
	return false;
}

static bool has_words(const struct leaf *leaf, const struct task *task)
{
	return has_title(leaf, task) || has_note(leaf, task) || has_annotation(leaf, task);
}

static const struct {
	const char *sign;
	bool is_negated;
} text_signs[] = {
	{ ".is:", false },
	{ "==", false },
	{ ".isnt:", true },
	{ ".has:", false },
	{ "~", false },
	{ "!~", true },
	{ ".hasnt:", true },
	{ ".startswith:", false },
	{ ".left:", false },
	{ ".endswith:", false },
	{ ".right:", false },
	{ ".word:", false },
	{ ".noword:", true },
};

static const char *const words[] = { "milk", "MILK", "é", "É", "яб", "ЯБ", "buy", "Buy milk", "zo", "k", "a", "home",
	"x", "ü" };

const char *filter_model_word(unsigned *seed)
{
	return PICK(seed, words);
}

void filter_model_pick_words(struct leaf *leaf, unsigned *seed)
{
	unsigned sign = below(seed, COUNT_OF(text_signs));

	leaf->sign = text_signs[sign].sign;
	leaf->is_negated = text_signs[sign].is_negated;
	leaf->value = PICK(seed, words);
}

void filter_model_make_text(struct leaf *leaf, unsigned *seed)
{
	static const struct {
		const char *name;
		question holds;
	} fields[] = {
		{ "title", has_title },
		{ "description", has_title },
		{ "note", has_note },
		{ "annotations", has_annotation },
		{ "tags", has_tag_text },
		{ "project", has_project_text },
	};
	unsigned field = below(seed, COUNT_OF(fields));

	leaf->holds = fields[field].holds;
	filter_model_pick_words(leaf, seed);
	if (leaf->holds == has_tag_text && strchr(leaf->value, ' '))
		leaf->value = "a";
	(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s'%s'", fields[field].name, leaf->sign, leaf->value);
}

void filter_model_make_search(struct leaf *leaf, unsigned *seed)
{
	leaf->holds = has_words;
	leaf->sign = ".has:";
	leaf->value = PICK(seed, words);
	if (below(seed, 2))
		(void)snprintf(leaf->text, sizeof(leaf->text), "/%s/", leaf->value);
	else /* letters alone: the same as a regular expression */
		(void)snprintf(leaf->text, sizeof(leaf->text), "/(%s)/r", leaf->value);
}

/* --- tags, projects, states --- */

static bool has_tag(const struct leaf *leaf, const struct task *task)
{
	for (size_t i = 0; i < task->tag_count; i++)
		if (strcmp(task->tags[i], leaf->value) == 0)
			return true;
	return false;
}

void filter_model_make_tag(struct leaf *leaf, unsigned *seed)
{
	static const char *const tags[] = { "a", "ab", "b", "c", "ca", "none" };
	static const struct {
		const char *sign;
		bool is_negated;
	} signs[] = { { "+", false }, { "-", true }, { "tags:", false }, { "tag.is:", false }, { "tags.not:", true },
		{ "tags!=", true } };
	unsigned sign = below(seed, COUNT_OF(signs));

	leaf->holds = has_tag;
	leaf->value = PICK(seed, tags);
	leaf->is_negated = signs[sign].is_negated;
	(void)snprintf(leaf->text, sizeof(leaf->text), "%s%s", signs[sign].sign, leaf->value);
}

static bool is_in_project(const struct leaf *leaf, const struct task *task)
{
	size_t length = strlen(leaf->value);

	if (!task->project || !length)
		return !task->project && !length;
	return strncmp(task->project, leaf->value, length) == 0 &&
	       (!task->project[length] || task->project[length] == '.');
}

void filter_model_make_project(struct leaf *leaf, unsigned *seed)
{
	static const char *const projects[] = { "", "home", "home.garden", "hom", "work", "x", "none" };

	leaf->holds = is_in_project;
	leaf->value = PICK(seed, projects);
	leaf->is_negated = below(seed, 3) == 0;
	(void)snprintf(leaf->text, sizeof(leaf->text), "project%s%s",
		leaf->is_negated ? "!=" : (below(seed, 2) ? ":" : "="), leaf->value);
}

bool filter_model_waits(const struct task *task)
{
	return task->status == TASK_PENDING && task->wait != TASK_NO_TIME && task->wait > MODEL_NOW;
}

static bool has_status(const struct leaf *leaf, const struct task *task)
{
	static const char *const names[] = { "pending", "completed", "deleted", "recurring" };

	return strcmp(leaf->value, "all") == 0 ||
	       strcmp(leaf->value, filter_model_waits(task) ? "waiting" : names[task->status]) == 0;
}

void filter_model_make_status(struct leaf *leaf, unsigned *seed)
{
	static const char *const names[] = { "pending", "waiting", "completed", "deleted", "recurring", "all" };
	static const char *const tags[] = { "PENDING", "WAITING", "COMPLETED", "DELETED", "RECURRING" };
	unsigned status = below(seed, COUNT_OF(names));

	leaf->holds = has_status;
	leaf->names_scope = true;
	leaf->value = names[status];
	leaf->is_negated = below(seed, 4) == 0;
	if (status < COUNT_OF(tags) && below(seed, 2))
		(void)snprintf(leaf->text, sizeof(leaf->text), "%c%s", leaf->is_negated ? '-' : '+', tags[status]);
	else
		(void)snprintf(
			leaf->text, sizeof(leaf->text), "status%s%s", leaf->is_negated ? ".isnt:" : ":", leaf->value);
}
