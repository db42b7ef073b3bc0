/* A query against the words of one task. */
#include "tasks/search_match.h"

#include "tasks/search_words.h"

#include <string.h>

#define TITLE_WEIGHT   8
#define SATURATION     1.2  /* k1 */
#define LENGTH_WEIGHT  0.75 /* b */
#define ORDINARY_WORDS 10   /* of a task, in place of the average */
#define MILLION        1e6

/* --- words --- */

static size_t word_length(const char *word, const char *end)
{
	const char *space = memchr(word, ' ', (size_t)(end - word));

	return (size_t)((space ? space : end) - word);
}

static bool fits(const struct search_phrase *phrase, size_t index, const char *word, size_t length)
{
	const struct search_word *wanted = &phrase->words[index];
	bool is_prefix = phrase->is_prefix && index + 1 == phrase->count;

	if (is_prefix ? length < wanted->length : length != wanted->length)
		return false;
	return !memcmp(word, wanted->text, wanted->length);
}

static bool begins_here(const struct search_phrase *phrase, const char *word, const char *end)
{
	for (size_t i = 0; i < phrase->count; i++) {
		size_t length = word < end ? word_length(word, end) : 0;

		if (!length || !fits(phrase, i, word, length))
			return false;
		word += length + 1;
	}
	return true;
}

static int64_t count_phrase(const struct search_phrase *phrase, const char *words, size_t length)
{
	const char *end;
	int64_t count = 0;

	if (!length)
		return 0; /* and `words` may be NULL */
	end = words + length;
	for (const char *word = words; word < end; word += word_length(word, end) + 1)
		count += begins_here(phrase, word, end);
	return count;
}

static int64_t count_words(const char *words, size_t length)
{
	int64_t count = length > 0;

	for (size_t i = 0; i < length; i++)
		count += words[i] == ' ';
	return count;
}

/* --- rank --- */

int64_t search_match_score(const struct search_count *counts, size_t count, int64_t words)
{
	double length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * (double)words / ORDINARY_WORDS;
	double score = 0;

	for (size_t i = 0; i < count; i++) {
		double frequency = (double)(counts[i].title * TITLE_WEIGHT + counts[i].body);

		score += frequency * (SATURATION + 1) / (frequency + SATURATION * length);
	}
	return (int64_t)(score * MILLION);
}

bool search_match(const struct search_query *query, const struct search_document *document, int64_t *ret_score)
{
	struct search_count counts[SEARCH_WORDS_MOST] = { 0 };

	for (size_t i = 0; i < query->count; i++) {
		const struct search_phrase *phrase = &query->phrases[i];

		counts[i] = (struct search_count){
			.title = count_phrase(phrase, document->title, document->title_length),
			.body = count_phrase(phrase, document->body, document->body_length),
		};
		if ((counts[i].title + counts[i].body > 0) == phrase->is_excluded)
			return false;
	}
	*ret_score = search_match_score(counts, query->wanted,
		count_words(document->title, document->title_length) +
			count_words(document->body, document->body_length));
	return true;
}

struct search_document search_match_document(const struct task *task, struct buffer *title, struct buffer *body)
{
	buffer_truncate(title, 0);
	buffer_truncate(body, 0);
	search_words_append(title, task->title, strlen(task->title));
	if (task->note)
		search_words_append(body, task->note, strlen(task->note));
	for (size_t i = 0; i < task->annotation_count; i++) {
		search_words_append_break(body);
		search_words_append(body, task->annotations[i].text, strlen(task->annotations[i].text));
	}
	return (struct search_document){
		.title = title->data, .title_length = title->length, .body = body->data, .body_length = body->length
	};
}

bool search_match_reads(const struct task_field *field)
{
	return field->offset == offsetof(struct task, title) || field->offset == offsetof(struct task, note) ||
	       field->offset == offsetof(struct task, annotations);
}
