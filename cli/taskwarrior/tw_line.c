/* One pass finds the command, a second one gives each word its place. */
#include "taskwarrior/tw_line.h"

#include <string.h>

void tw_line_init(struct tw_line *line)
{
	*line = (struct tw_line){ .command = NULL };
	tw_rc_init(&line->rc);
}

void tw_line_deinit(struct tw_line *line)
{
	word_list_deinit(&line->filter);
	word_list_deinit(&line->words);
	tw_rc_deinit(&line->rc);
}

/* Where the command is; `count`: nowhere. */
static size_t find_command(const char *const *arguments, size_t count, const struct tw_command **ret_command)
{
	for (size_t i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
		if (tw_rc_is_override(arguments[i]))
			continue;
		*ret_command = tw_command_find(arguments[i]);
		if (*ret_command)
			return i;
	}
	return count;
}

static struct word_list *place_of(struct tw_line *line, bool is_behind)
{
	if (!line->command)
		return &line->filter;
	switch (line->command->takes) {
	case TW_FILTER:
		return &line->filter;
	case TW_FILTER_AND_WORDS:
		return is_behind ? &line->words : &line->filter;
	case TW_WORDS:
		return &line->words;
	}
	return &line->filter;
}

enum error tw_line_read(const char *const *arguments, size_t count, struct tw_line *line, struct trouble *trouble)
{
	size_t command = find_command(arguments, count, &line->command);
	bool is_literal = false;

	for (size_t i = 0; i < count; i++) {
		if (i == command)
			continue;
		if (!is_literal && strcmp(arguments[i], "--") == 0)
			is_literal = true;
		else if (is_literal || !tw_rc_is_override(arguments[i]))
			word_list_add(place_of(line, i > command), arguments[i], is_literal);
		else if (!tw_rc_take(&line->rc, arguments[i]))
			return trouble_usage(trouble, "the setting `%s` is not UTF-8", arguments[i]);
	}
	return ERROR_NONE;
}

bool tw_line_names_tasks(const struct tw_line *line)
{
	return line->filter.count &&
	       quick_words_count_ids(line->filter.items, line->filter.count) == line->filter.count;
}
