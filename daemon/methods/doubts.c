/* What a request names that nobody has named before. */
#include "methods/doubts.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "methods/label_near.h"
#include "store/custom_field_store.h"
#include "store/label_store.h"

#include <ctype.h>
#include <string.h>

#define NAME_MOST     64u /* bytes of the name of a field */
#define LETTERS_LEAST 4u  /* of a new label: shorter ones are all near to each other */

static void add_doubt(struct doubts *doubts, const char *kind, const char *name, const char *near)
{
	if (doubts->count < DOUBTS_MOST)
		doubts->items[doubts->count++] = (struct doubt){ kind, name, near };
}

/* --- labels --- */

/* ret_near NULL: nothing is near. ret_is_any: some task has the label itself. */
static enum error look_up(struct request *request, const struct label_kind *kind, const char *name, bool *ret_is_any,
	const char **ret_near)
{
	enum error error = label_store_is_any(request->db, request->who.account_id, kind->kind, name, ret_is_any);

	*ret_near = NULL;
	if (error || *ret_is_any)
		return error;
	return label_near_find(request, kind, name, ret_near);
}

static enum error doubt_label(
	struct request *request, const struct label_kind *kind, const char *name, struct doubts *doubts)
{
	const char *near;
	bool is_any;
	enum error error;

	if (strlen(name) < LETTERS_LEAST)
		return ERROR_NONE;
	error = look_up(request, kind, name, &is_any, &near);
	if (!error && !is_any && near)
		add_doubt(doubts, kind->name, name, near);
	return error;
}

static enum error doubt_tags(struct request *request, const struct text_list_param *tags, struct doubts *doubts)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && tags->presence == PARAM_GIVEN && i < tags->count && doubts->count < DOUBTS_MOST;
		i++)
		error = doubt_label(request, &label_kind_tag, tags->texts[i], doubts);
	return error;
}

/* --- fields in a title --- */

/* The name before the colon of a word such as cost:3, in the arena; NULL: it is no such word. */
static const char *name_of(const char *word, size_t length, struct arena *arena)
{
	size_t end = 0;

	while (end < length && (isalnum((unsigned char)word[end]) || word[end] == '_'))
		end++;
	if (end < 2 || end + 1 >= length || word[end] != ':' || !isalpha((unsigned char)word[0]) || end > NAME_MOST)
		return NULL;
	return arena_strndup(arena, word, end);
}

static void doubt_word(struct arena *arena, const char *word, size_t length, const struct custom_field_list *fields,
	struct doubts *doubts)
{
	const char *name = name_of(word, length, arena);
	const char *near = name ? custom_field_nearest(fields, name) : NULL;

	if (near)
		add_doubt(doubts, "field", name, near);
}

static enum error doubt_title(struct request *request, const struct text_param *title, struct doubts *doubts)
{
	struct custom_field_list fields;
	enum error error;

	if (title->presence != PARAM_GIVEN || !strchr(title->text, ':'))
		return ERROR_NONE;
	error = custom_field_store_load(request->db, request->who.account_id, request->arena, &fields);
	for (const char *word = title->text; !error && fields.count && *word;) {
		size_t length = strcspn(word, " ");

		doubt_word(request->arena, word, length, &fields, doubts);
		word += length + strspn(word + length, " ");
	}
	return error;
}

enum error doubts_find_in_fields(struct request *request, const struct task_fields *fields, struct doubts *ret_doubts)
{
	enum error error = ERROR_NONE;

	ret_doubts->count = 0;
	if (fields->project.presence == PARAM_GIVEN)
		error = doubt_label(request, &label_kind_project, fields->project.text, ret_doubts);
	if (!error)
		error = doubt_tags(request, &fields->tags, ret_doubts);
	if (!error)
		error = doubt_tags(request, &fields->add_tags, ret_doubts);
	return error ? error : doubt_title(request, &fields->title, ret_doubts);
}

/* --- a filter --- */

static const char *virtual_tag_like(const char *name, struct arena *arena)
{
	char *upper = arena_strdup(arena, name);

	for (char *letter = upper; *letter; letter++)
		*letter = text_ascii_upper(*letter);
	return filter_is_virtual_tag(upper, strlen(upper)) ? arena_printf(arena, "+%s", upper) : NULL;
}

static enum error doubt_term(struct request *request, const struct filter *term, struct doubts *doubts)
{
	const struct label_kind *kind = term->kind == FILTER_TAG ? &label_kind_tag : &label_kind_project;
	const char *near;
	bool is_any;
	enum error error = look_up(request, kind, term->text, &is_any, &near);

	if (error || is_any)
		return error;
	if (term->kind == FILTER_TAG && virtual_tag_like(term->text, request->arena))
		near = virtual_tag_like(term->text, request->arena);
	add_doubt(doubts, kind->name, term->text, near);
	return ERROR_NONE;
}

/* As deep as its terms are many: it leans to the left, and has FILTER_LEAF_LIMIT of them at most. */
static enum error doubt_terms(/* NOLINT(misc-no-recursion) */
	struct request *request, const struct filter *filter, struct doubts *doubts)
{
	enum error error = ERROR_NONE;

	if (!filter || doubts->count == DOUBTS_MOST)
		return ERROR_NONE;
	if (filter->kind == FILTER_PROJECT || filter->kind == FILTER_TAG)
		return doubt_term(request, filter, doubts);
	if (filter->left)
		error = doubt_terms(request, filter->left, doubts);
	return error ? error : doubt_terms(request, filter->right, doubts);
}

enum error doubts_find_in_filter(struct request *request, const struct filter *filter, struct doubts *ret_doubts)
{
	ret_doubts->count = 0;
	return doubt_terms(request, filter, ret_doubts);
}

/* --- telling --- */

void doubts_write(const struct doubts *doubts, struct json_writer *writer)
{
	if (!doubts->count)
		return;
	json_writer_key(writer, "doubts");
	json_writer_begin_array(writer);
	for (size_t i = 0; i < doubts->count; i++) {
		const struct doubt *doubt = &doubts->items[i];

		json_writer_begin_object(writer);
		json_writer_member_text(writer, "kind", doubt->kind);
		json_writer_member_text(writer, "name", doubt->name);
		if (doubt->near)
			json_writer_member_text(writer, "near", doubt->near);
		json_writer_end_object(writer);
	}
	json_writer_end_array(writer);
}
