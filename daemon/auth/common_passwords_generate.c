/*
 * Makes the table of common passwords, as C, from lists of words, while the programs are built.
 *
 *     common_passwords_generate OUTPUT LIST...
 *
 * A list has a word a line, or it is zxcvbn's frequency_lists.py, of which "passwords": "…,…,…" is read and nothing
 * else.
 */
#include "auth/common_password_table.h"
#include "auth/password.h"
#include "common/arena.h"
#include "common/buffer.h"
#include "common/cleanup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZXCVBN_BEGIN   "\"passwords\": \""
#define READ_BYTES     ((size_t)64 * 1024)
#define NUMBERS_A_LINE 24u

struct word {
	const unsigned char *text;
	size_t length;
};

struct maker {
	struct buffer content; /* of the list that is being read */
	struct buffer text;    /* of all lists, a word a line */
	struct arena arena;
	struct word *words;
	uint32_t word_count;
	struct buffer bytes;
	uint32_t *blocks;
	uint32_t block_count;
};

static bool fail(const char *path, const char *reason)
{
	(void)fprintf(stderr, "common_passwords_generate: %s: %s\n", path, reason);
	return false;
}

/* --- reading --- */

static bool read_file(const char *path, struct buffer *content)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	size_t length;

	if (!file)
		return fail(path, strerror(errno));
	do {
		length = fread(buffer_reserve(content, READ_BYTES), 1, READ_BYTES, file);
		content->length += length;
	} while (length);
	return !ferror(file) || fail(path, "cannot be read");
}

static void append_lower(struct buffer *text, const char *list, size_t length, char separator)
{
	for (size_t i = 0; i < length; i++) {
		char letter = list[i];

		if (letter >= 'A' && letter <= 'Z')
			letter = (char)(letter - 'A' + 'a');
		buffer_append_char(text, (char)(letter == separator ? '\n' : letter));
	}
	buffer_append_char(text, '\n');
}

static bool read_list(struct maker *maker, const char *path)
{
	const char *begin, *end;

	buffer_truncate(&maker->content, 0);
	if (!read_file(path, &maker->content))
		return false;
	begin = strstr(buffer_text(&maker->content), ZXCVBN_BEGIN);
	if (!begin) {
		append_lower(&maker->text, maker->content.data, maker->content.length, '\n');
		return true;
	}
	begin += strlen(ZXCVBN_BEGIN);
	end = strchr(begin, '"');
	if (!end)
		return fail(path, "its passwords have no end");
	append_lower(&maker->text, begin, (size_t)(end - begin), ',');
	return true;
}

/* --- choosing --- */

/* Of the length that matters, and without the bytes that mean something else in the table. */
static bool is_wanted(const struct word *word)
{
	if (word->length < PASSWORD_BYTES_MINIMUM || word->length > COMMON_PASSWORD_BYTES_LIMIT)
		return false;
	for (size_t i = 0; i < word->length; i++)
		if (word->text[i] < COMMON_PASSWORD_SHARED_LIMIT)
			return false;
	return true;
}

static int word_compare(const void *a_pointer, const void *b_pointer)
{
	const struct word *a = a_pointer, *b = b_pointer;
	int difference = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);

	return difference ? difference : (a->length > b->length) - (a->length < b->length);
}

static void drop_repeated(struct maker *maker)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < maker->word_count; i++)
		if (!kept || word_compare(&maker->words[kept - 1], &maker->words[i]))
			maker->words[kept++] = maker->words[i];
	maker->word_count = kept;
}

static void choose_words(struct maker *maker)
{
	const char *end = maker->text.data + maker->text.length, *line = maker->text.data, *line_end;

	maker->words = arena_array(
		&maker->arena, maker->text.length / (PASSWORD_BYTES_MINIMUM + 1) + 1, sizeof(*maker->words));
	for (; line < end; line = line_end + 1) {
		struct word word;

		line_end = memchr(line, '\n', (size_t)(end - line));
		word = (struct word){ (const unsigned char *)line, (size_t)(line_end - line) };
		if (is_wanted(&word))
			maker->words[maker->word_count++] = word;
	}
	qsort(maker->words, maker->word_count, sizeof(*maker->words), word_compare);
	drop_repeated(maker);
}

/* --- the table --- */

static size_t count_shared(const struct word *before, const struct word *word)
{
	size_t count = 0;

	while (count < COMMON_PASSWORD_SHARED_LIMIT - 1 && count < before->length && count < word->length &&
		before->text[count] == word->text[count])
		count++;
	return count;
}

static void make_table(struct maker *maker)
{
	maker->blocks = arena_array(
		&maker->arena, maker->word_count / COMMON_PASSWORD_BLOCK_ENTRIES + 1, sizeof(*maker->blocks));
	for (uint32_t i = 0; i < maker->word_count; i++) {
		const struct word *word = &maker->words[i];
		bool is_first = i % COMMON_PASSWORD_BLOCK_ENTRIES == 0;
		size_t shared = is_first ? 0 : count_shared(word - 1, word);

		if (is_first)
			maker->blocks[maker->block_count++] = (uint32_t)maker->bytes.length;
		buffer_append_char(&maker->bytes, (char)shared);
		buffer_append(&maker->bytes, word->text + shared, word->length - shared);
	}
}

/* --- writing --- */

static void print_number(FILE *file, uint32_t index, uint32_t number)
{
	(void)fprintf(file, "%" PRIu32 ",%s", number, index % NUMBERS_A_LINE == NUMBERS_A_LINE - 1 ? "\n" : "");
}

static void print_table(const struct maker *maker, FILE *file)
{
	uint32_t byte_count = (uint32_t)maker->bytes.length;

	(void)fputs("/* Made by common_passwords_generate. */\n#include \"auth/common_password_table.h\"\n\n"
		    "static const unsigned char bytes[] = {\n",
		file);
	for (uint32_t i = 0; i < byte_count; i++)
		print_number(file, i, (unsigned char)maker->bytes.data[i]);
	(void)fputs("\n};\n\nstatic const uint32_t blocks[] = {\n", file);
	for (uint32_t i = 0; i < maker->block_count; i++)
		print_number(file, i, maker->blocks[i]);
	(void)fprintf(file,
		"\n};\n\nconst struct common_password_table common_password_table = { .bytes = bytes, .blocks = "
		"blocks,\n"
		"\t.byte_count = %" PRIu32 ", .block_count = %" PRIu32 ", .entry_count = %" PRIu32 " };\n",
		byte_count, maker->block_count, maker->word_count);
}

/* What is half written must not pass for made; but what is no file, a device say, is nothing to remove. */
static void remove_file(const char *path)
{
	struct stat status;

	if (lstat(path, &status) == 0 && S_ISREG(status.st_mode))
		(void)unlink(path);
}

static bool write_table(const struct maker *maker, const char *path)
{
	FILE *file = fopen(path, "we");
	bool is_written;

	if (!file)
		return fail(path, strerror(errno));
	print_table(maker, file);
	is_written = !ferror(file);
	is_written = fclose(file) == 0 && is_written;
	if (is_written)
		return true;
	remove_file(path);
	return fail(path, "cannot be written");
}

static bool make(struct maker *maker, const char *output, char *const *lists)
{
	for (; *lists; lists++)
		if (!read_list(maker, *lists))
			return false;
	choose_words(maker);
	if (maker->word_count < COMMON_PASSWORDS_MINIMUM) {
		(void)fprintf(stderr,
			"common_passwords_generate: the lists have %" PRIu32 " words of %u to %u bytes; "
			"%u are wanted at least\n",
			maker->word_count, PASSWORD_BYTES_MINIMUM, COMMON_PASSWORD_BYTES_LIMIT,
			COMMON_PASSWORDS_MINIMUM);
		return false;
	}
	make_table(maker);
	return write_table(maker, output);
}

int main(int argc, char **argv)
{
	struct maker maker = { 0 };
	bool is_made;

	if (argc < 3)
		return fail("usage", "common_passwords_generate OUTPUT LIST..."), EXIT_FAILURE;
	arena_init(&maker.arena);
	is_made = make(&maker, argv[1], argv + 2);
	arena_deinit(&maker.arena);
	buffer_deinit(&maker.content);
	buffer_deinit(&maker.text);
	buffer_deinit(&maker.bytes);
	return is_made ? EXIT_SUCCESS : EXIT_FAILURE;
}
