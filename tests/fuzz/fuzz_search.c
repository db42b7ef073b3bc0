/* Any bytes as a text to search and as a query: words of the promised bytes, and a text that is found by itself. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/search_match.h"
#include "tasks/search_words.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool is_word_byte(unsigned char byte)
{
	return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

/* What the index of the store relies on: it takes words apart at spaces alone, and quotes them. */
static void check_words(const struct buffer *words)
{
	size_t length = 0;

	for (size_t i = 0; i < words->length; i++) {
		bool is_space = words->data[i] == ' ';

		require(is_space ? length > 0 : is_word_byte((unsigned char)words->data[i]));
		length = is_space ? 0 : length + 1;
		require(length <= SEARCH_WORD_LIMIT);
	}
	require(!words->length || length > 0);
	require(!words->length || text_is_utf8(words->data, words->length));
}

static void check_query(const struct search_query *query)
{
	size_t words = 0;

	require(query->wanted > 0 && query->wanted <= query->count);
	for (size_t i = 0; i < query->count; i++) {
		const struct search_phrase *phrase = &query->phrases[i];

		require(phrase->count > 0 && phrase->is_excluded == (i >= query->wanted));
		for (size_t j = 0; j < phrase->count; j++)
			require(phrase->words[j].length && strlen(phrase->words[j].text) == phrase->words[j].length);
		words += phrase->count;
	}
	require(words <= SEARCH_WORDS_MOST);
}

/* A text in quotes is a phrase that stands in the text. */
static void check_found(const char *text, size_t length, const struct buffer *words, struct arena *arena)
{
	struct search_document document = { .title = words->data, .title_length = words->length };
	struct buffer quoted;
	struct search_query query;
	int64_t score;

	if (memchr(text, '"', length))
		return;
	buffer_init(&quoted);
	buffer_append_char(&quoted, '"');
	buffer_append(&quoted, text, length);
	buffer_append_char(&quoted, '"');
	if (!search_query_parse(quoted.data, quoted.length, arena, &query, NULL))
		require(search_match(&query, &document, &score) && score > 0);
	buffer_deinit(&quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = size ? (const char *)data : "";
	struct refusal refusal = { 0 };
	struct search_query query;
	struct buffer words;
	struct arena arena;

	arena_init(&arena);
	buffer_init(&words);
	search_words_append(&words, text, size);
	check_words(&words);
	if (search_query_parse(text, size, &arena, &query, &refusal))
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "query"));
	else
		check_query(&query);
	check_found(text, size, &words, &arena);
	buffer_deinit(&words);
	arena_deinit(&arena);
	return 0;
}
