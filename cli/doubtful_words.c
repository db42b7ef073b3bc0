/* Three looks at each word, one after the other. */
#include "doubtful_words.h"

#include "common/cleanup.h"
#include "terminal.h"

#include <ctype.h>
#include <string.h>

/* What stands before a colon, and the option that takes what stands behind it. */
struct option_name {
	const char *name;
	const char *option;
	bool is_quick_word;
	bool is_time;
};

static const struct option_name names[] = {
	{ .name = "project", .option = "--project ", .is_quick_word = true },
	{ .name = "due", .option = "--due ", .is_quick_word = true, .is_time = true },
	{ .name = "wait", .option = "--wait ", .is_quick_word = true, .is_time = true },
	{ .name = "scheduled", .option = "--scheduled ", .is_quick_word = true, .is_time = true },
	{ .name = "sched", .option = "--scheduled ", .is_quick_word = true, .is_time = true },
	{ .name = "until", .option = "--until ", .is_quick_word = true, .is_time = true },
	{ .name = "recur", .option = "--recur ", .is_quick_word = true },
	{ .name = "title", .option = "--title " },
	{ .name = "note", .option = "--note " },
	{ .name = "tag", .option = "+" },
	{ .name = "tags", .option = "+" },
};

static bool has_space(const char *text)
{
	return text[strcspn(text, " \t\n\v\f\r")] != '\0';
}

/* NULL for a word without a value: "note: bring the keys" is what people write. */
static const struct option_name *find_name(const char *text)
{
	size_t length = strcspn(text, ":");

	if (!text[length] || !text[length + 1] || isspace((unsigned char)text[length + 1]))
		return NULL;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strlen(names[i].name) == length && memcmp(names[i].name, text, length) == 0)
			return &names[i];
	return NULL;
}

/* 17:00, 8:30, 8am, 12pm. */
static bool is_time_of_day(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	const char *rest = text + digits;

	if (digits < 1 || digits > 2)
		return false;
	if (strcmp(rest, "am") == 0 || strcmp(rest, "pm") == 0)
		return true;
	return rest[0] == ':' && strspn(rest + 1, "0123456789") == 2 && (!rest[3] || rest[3] == ':');
}

static void append_quoted(struct buffer *out, const char *first, const char *second)
{
	bool is_quoted = second || has_space(first);

	buffer_append_text(out, is_quoted ? "'" : "");
	terminal_clean(out, first, strlen(first));
	if (second) {
		buffer_append_char(out, ' ');
		terminal_clean(out, second, strlen(second));
	}
	buffer_append_text(out, is_quoted ? "'" : "");
}

static void explain(struct buffer *out, const char *word, const char *option, const char *first, const char *second)
{
	buffer_append_char(out, '`');
	terminal_clean(out, word, strlen(word));
	buffer_append_text(out, "` became part of the title. If that was not meant: ");
	buffer_append_text(out, option);
	append_quoted(out, first, second);
}

static const char *value_of(const char *text)
{
	return strchr(text, ':') + 1;
}

static bool explain_word(const struct word *words, size_t index, struct buffer *out)
{
	const char *text = words[index].text;
	const struct option_name *name = find_name(text);
	const struct option_name *before = index ? find_name(words[index - 1].text) : NULL;

	if (words[index].is_literal)
		return false;
	if (name && name->is_quick_word == has_space(text)) {
		explain(out, text, name->option, value_of(text), NULL);
		return true;
	}
	if (!before || !before->is_time || has_space(words[index - 1].text) || !is_time_of_day(text))
		return false;
	explain(out, text, before->option, value_of(words[index - 1].text), text);
	return true;
}

bool doubtful_words_explain(const struct word *words, size_t count, struct buffer *out)
{
	for (size_t i = 0; i < count; i++)
		if (explain_word(words, i, out))
			return true;
	return false;
}
