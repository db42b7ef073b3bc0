/* A search as people type it. */
#include "tasks/search_query.h"

#include "common/buffer.h"
#include "common/text.h"
#include "tasks/search_words.h"

#include <string.h>

/* One term of the text. */
struct item {
	const char *text;
	size_t length;
	bool is_quoted;
	bool is_excluded;
	bool is_prefix;
};

struct parser {
	const char *next, *end;
	struct arena *arena;
	struct refusal *refusal;
	struct search_phrase phrases[SEARCH_WORDS_MOST]; /* in the order of the text */
	size_t count;
	size_t word_count;
	bool ends_quoted; /* the last item needs no guess of how it goes on */
};

/* --- items --- */

static bool is_space(char character)
{
	return character == ' ' || (character >= '\t' && character <= '\r');
}

static void take_quoted(struct parser *parser, struct item *item)
{
	const char *quote;

	item->is_quoted = true;
	item->text = ++parser->next;
	quote = memchr(parser->next, '"', (size_t)(parser->end - parser->next));
	item->length = (size_t)((quote ? quote : parser->end) - item->text);
	parser->next = quote ? quote + 1 : parser->end;
	item->is_prefix = parser->next < parser->end && *parser->next == '*';
	parser->next += item->is_prefix;
}

static void take_bare(struct parser *parser, struct item *item)
{
	item->text = parser->next;
	while (parser->next < parser->end && !is_space(*parser->next) && *parser->next != '"')
		parser->next++;
	item->length = (size_t)(parser->next - item->text);
	item->is_prefix = item->text[item->length - 1] == '*';
}

static bool take_item(struct parser *parser, struct item *ret_item)
{
	struct item item = { 0 };

	while (parser->next < parser->end && is_space(*parser->next))
		parser->next++;
	if (parser->next == parser->end)
		return false;
	if (*parser->next == '-' && parser->next + 1 < parser->end && !is_space(parser->next[1])) {
		item.is_excluded = true;
		parser->next++;
	}
	if (*parser->next == '"')
		take_quoted(parser, &item);
	else
		take_bare(parser, &item);
	*ret_item = item;
	return true;
}

/* --- phrases --- */

static enum error refuse_many(struct parser *parser)
{
	return refuse(parser->refusal, ERROR_INVALID_PARAMS, "query", "query has more than %u words; leave some out",
		SEARCH_WORDS_MOST);
}

static size_t count_words(const char *words)
{
	size_t count = words[0] != '\0';

	for (; *words; words++)
		count += *words == ' ';
	return count;
}

/* Each with a NUL behind it, in the copy. */
static struct search_word *spread_words(struct arena *arena, const char *words, size_t count)
{
	struct search_word *spread = arena_array(arena, count, sizeof(*spread));
	char *word = arena_strdup(arena, words);

	for (size_t i = 0; i < count; i++) {
		size_t length = strcspn(word, " ");

		spread[i] = (struct search_word){ .text = word, .length = length };
		word[length] = '\0';
		word += length + 1;
	}
	return spread;
}

/*
 * The last character of a run is the beginning of a pair wherever the run goes on; so it is left out where the pair
 * before it says as much, and else it is a prefix.
 */
static void open_run(struct search_phrase *phrase)
{
	const struct search_word *last = &phrase->words[phrase->count - 1];
	const struct search_word *before = last - 1;

	if (!search_words_is_single(last->text, last->length))
		return;
	phrase->is_prefix = true;
	if (phrase->count == 1 || before->length <= last->length ||
		memcmp(before->text + before->length - last->length, last->text, last->length) != 0)
		return;
	phrase->count--;
	phrase->is_prefix = false;
}

static enum error add_phrase(struct parser *parser, const struct item *item, const char *words)
{
	struct search_phrase *phrase = &parser->phrases[parser->count];
	size_t count = count_words(words);

	if (!count)
		return ERROR_NONE;
	parser->word_count += count;
	if (parser->word_count > SEARCH_WORDS_MOST)
		return refuse_many(parser);
	*phrase = (struct search_phrase){ .words = spread_words(parser->arena, words, count),
		.count = count,
		.is_prefix = item->is_prefix,
		.is_excluded = item->is_excluded };
	parser->count++;
	parser->ends_quoted = item->is_quoted || item->is_excluded;
	return ERROR_NONE;
}

static enum error add_item(struct parser *parser, const struct item *item)
{
	struct buffer words;
	enum error error;

	buffer_init(&words);
	search_words_append(&words, item->text, item->length);
	error = add_phrase(parser, item, buffer_text(&words));
	buffer_deinit(&words);
	return error;
}

static void append_kind(
	const struct parser *parser, bool is_excluded, struct search_query *query, struct search_phrase *phrases)
{
	for (size_t i = 0; i < parser->count; i++)
		if (parser->phrases[i].is_excluded == is_excluded)
			phrases[query->count++] = parser->phrases[i];
}

static enum error end_query(struct parser *parser, struct search_query *ret_query)
{
	struct search_phrase *phrases = arena_array(parser->arena, parser->count, sizeof(*phrases));
	struct search_query query = { .phrases = phrases };

	if (parser->count && !parser->ends_quoted)
		parser->phrases[parser->count - 1].is_prefix = true;
	for (size_t i = 0; i < parser->count; i++)
		open_run(&parser->phrases[i]);
	append_kind(parser, false, &query, phrases);
	query.wanted = query.count;
	append_kind(parser, true, &query, phrases);
	if (!query.wanted)
		return refuse(parser->refusal, ERROR_INVALID_PARAMS, "query",
			"query has no word to look for; give at least one letter, digit or symbol that is not behind a "
			"minus");
	*ret_query = query;
	return ERROR_NONE;
}

enum error search_query_parse(
	const char *text, size_t length, struct arena *arena, struct search_query *ret_query, struct refusal *refusal)
{
	struct parser parser = { .next = text, .end = text + length, .arena = arena, .refusal = refusal };
	struct item item;
	enum error error = ERROR_NONE;

	if (length > SEARCH_TEXT_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "query", "query has at most %u bytes", SEARCH_TEXT_LIMIT);
	if (!text_is_utf8(text, length))
		return refuse(refusal, ERROR_INVALID_PARAMS, "query", "query is not UTF-8");
	while (!error && take_item(&parser, &item))
		error = add_item(&parser, &item);
	return error ? error : end_query(&parser, ret_query);
}
