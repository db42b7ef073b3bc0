/* Completion: what can stand where the cursor is. */
#include "testing.h"

#include "cli/arguments.h"
#include "cli/completion.h"

#include <stdio.h>

static const char *const kinds[] = {
	[COMPLETION_COMMANDS] = "commands",
	[COMPLETION_SECOND_WORDS] = "seconds",
	[COMPLETION_OPTIONS] = "options",
	[COMPLETION_CHOICES] = "choices",
	[COMPLETION_OPEN_TASKS] = "open",
	[COMPLETION_CLOSED_TASKS] = "closed",
	[COMPLETION_PROJECTS] = "projects",
	[COMPLETION_TAGS] = "tags",
	[COMPLETION_REPORTS] = "reports",
	[COMPLETION_CONTEXTS] = "contexts",
	[COMPLETION_FIELDS] = "fields",
	[COMPLETION_LOGINS] = "logins",
	[COMPLETION_ALIASES] = "aliases",
	[COMPLETION_SETTINGS] = "settings",
};

/* Kinds, each with what stands before the value, or for choices with the first of them; a bar parts the words. */
static const struct {
	const char *line;
	const char *offers;
} decisions[] = {
	{ "", "commands@ aliases@" },
	{ "do", "commands@ aliases@" },
	{ "help|who", "commands@" },
	{ "help|daemon|sto", "seconds@" },
	{ "daemon|sta", "seconds@" },
	{ "daemon|stop|", "" },
	{ "report|", "seconds@ reports@" },
	{ "report|next|pro", "project: fields@" },
	{ "report|next|project:ho", "projects@project:" },
	{ "no|such|", "" },
	/* options and their values */
	{ "modify|3|--", "options@" },
	{ "done|-", "options@" },
	{ "list|-", "options@ tags@-" },
	{ "list|-sh", "tags@-" },
	{ "done|-f|pro", "" },
	{ "done|--project=ho", "" },
	{ "add|--project|ho", "projects@" },
	{ "add|--project=ho", "projects@--project=" },
	{ "add|x|--tag|", "tags@" },
	{ "add|--depends|3,", "open@3," },
	{ "--color|ne", "auto" },
	{ "--account|", "logins@" },
	{ "--socket|/tmp/|list|+s", "tags@+ project:" },
	{ "report|define|week|--columns|id,du", "id" },
	{ "modify|3|--set|", "fields@" },
	/* which tasks */
	{ "done|", "open@" },
	{ "done|3,", "open@3," },
	{ "done|-f|+shop|", "" },
	{ "restore|", "closed@" },
	{ "wait|3|", "open@" },
	{ "history|", "open@" },
	{ "get|", "open@" },
	{ "get|3.du", "id" },
	{ "annotate|", "open@" },
	{ "annotate|3|", "" },
	{ "append|", "open@" },
	{ "append|3|pro", "" },
	{ "note|", "open@" },
	{ "note|3|pro", "" },
	{ "edit|", "open@" },
	{ "duplicate|3,", "open@3, project:" },
	/* changes and terms */
	{ "modify|", "open@ project:" },
	{ "modify|3|p", "project:" },
	{ "modify|3|milk|", "project:" },
	{ "modify|-|", "open@ project:" },
	{ "add|Buy milk|pro", "project:" },
	{ "add|+sh", "tags@+ project:" },
	{ "add|pri:", "H" },
	{ "add|depends:3,4", "open@depends:3," },
	{ "add|--|pro", "" },
	{ "search|mil", "" },
	{ "projects|+sh", "tags@+ project:" },
	{ "count|status:", "pending" },
	/* words of their own */
	{ "context|use|", "contexts@ none" },
	{ "field|define|x|", "string" },
	{ "tag|rename|old|", "tags@" },
	{ "auth|switch|", "logins@" },
	{ "config|set|da", "settings@" },
	{ "alias|delete|", "aliases@" },
	{ "completion|", "bash" },
};

static void append_offer(struct buffer *out, const struct completion *completion, size_t index)
{
	const struct completion_offer *offer = &completion->offers[index];

	buffer_append_text(out, index ? " " : "");
	if (offer->kind == COMPLETION_CHOICES)
		buffer_append_text(out, offer->choices[0]);
	else
		buffer_printf(out, "%s@%.*s", kinds[offer->kind], (int)offer->lead, completion->current);
}

static void decide(const char *line, struct completion *completion, struct word_list *words, char *copy, size_t size)
{
	char *rest = copy;

	(void)snprintf(copy, size, "%s", line);
	for (const char *word; (word = strsep(&rest, "|"));)
		word_list_add(words, word, true);
	completion_decide(completion, words);
}

static void what_can_stand_there_depends_on_what_was_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(decisions) / sizeof(*decisions); i++) {
		struct word_list words = { .items = NULL };
		struct completion completion;
		struct buffer found;
		char copy[128];

		decide(decisions[i].line, &completion, &words, copy, sizeof(copy));
		buffer_init(&found);
		for (size_t j = 0; j < completion.count; j++)
			append_offer(&found, &completion, j);
		if (strcmp(buffer_text(&found), decisions[i].offers) != 0)
			fail_msg("`%s`: %s, not %s", decisions[i].line, buffer_text(&found), decisions[i].offers);
		buffer_deinit(&found);
		word_list_deinit(&words);
	}
}

static void the_daemon_and_the_login_are_those_that_were_said(void **state)
{
	struct word_list words = { .items = NULL };
	struct completion completion;
	char copy[128];

	(void)state;
	decide("--socket|/tmp/s|list|--account|ann@example.com|+", &completion, &words, copy, sizeof(copy));
	assert_string_equal(completion.socket, "/tmp/s");
	assert_string_equal(completion.account, "ann@example.com");
	word_list_deinit(&words);
}

/* Whatever stands on the line: nothing is read beyond it. */
static void every_beginning_of_a_line_is_decided(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(decisions) / sizeof(*decisions); i++)
		for (size_t length = strlen(decisions[i].line); length-- > 0;) {
			struct word_list words = { .items = NULL };
			struct completion completion;
			char line[128], copy[128];

			(void)snprintf(line, sizeof(line), "%.*s", (int)length, decisions[i].line);
			decide(line, &completion, &words, copy, sizeof(copy));
			assert_true(completion.count <= COMPLETION_OFFERS_MOST);
			for (size_t j = 0; j < completion.count; j++)
				assert_true(completion.offers[j].lead <= strlen(completion.current));
			word_list_deinit(&words);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_stand_there_depends_on_what_was_said),
		cmocka_unit_test(the_daemon_and_the_login_are_those_that_were_said),
		cmocka_unit_test(every_beginning_of_a_line_is_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
