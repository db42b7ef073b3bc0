/* Every form of the first three is tried by a test. */
#include "help_topics.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <string.h>

static const struct help_line dates[] = {
	{ "today", "the end of that day, and for wait and scheduled its start; tomorrow, yesterday" },
	{ "fri", "the next Friday, likewise" },
	{ "fri 17:00", "at that time" },
	{ "2026-12-01", "a day; with a time: 2026-12-01 09:00" },
	{ "eow", "the end of the week; eod, eom, eoq, eoy; sow is its start, eonw the next week's" },
	{ "15th", "the next time that it is the 15th" },
	{ "3d", "from now on; 2h, 2 weeks, in 3 months, P1Y" },
	{ "2 days ago", "back from now" },
	{ "eom - 1wk", "sums, also from other times of the task: due - 2d" },
	{ NULL, NULL },
};

static const struct help_line filters[] = {
	{ "3-7,9", "by ids" },
	{ "project:home", "in that project or below it" },
	{ "+shop", "with the tag; -shop is without it" },
	{ "+OVERDUE", "what is often asked, in capitals: +READY, +BLOCKED, +ACTIVE" },
	{ "due.before:eow", "by a date; due.after:today, due:today" },
	{ "pri:H", "by a value; pri.not:H is any other, project: is none" },
	{ "/milk/", "words in the title, the note or an annotation" },
	{ "status:completed", "pending, waiting, completed, deleted, recurring, all" },
	{ "(+shop or +office) pri:H", "and, or, xor, not, parentheses; in quotes, for the shell" },
	{ NULL, NULL },
};

static const struct help_line recurrence[] = {
	{ "daily", "from due to due, which such a task must have; weekdays, weekly, monthly, yearly" },
	{ "2 weeks", "by a length of time: 3d, 6mo" },
	{ "FREQ=MONTHLY;BYDAY=-1FR", "by a rule of RFC 5545: the last Friday of every month" },
	{ NULL, NULL },
};

static const struct help_line scripting[] = {
	{ "add -q -- \"$title\"", "any text as a title, and prints the id of the new task" },
	{ "list --json=id,title", "JSON; --format '{id} {title}' is a line for each task, -q its id" },
	{ "list --plain", "values parted by tabs, with every column; --csv has headings" },
	{ "count +OVERDUE", "how many; get 3.due is what a task has, wait 3 ends when it is done" },
	{ "list -q +shop | taskctl done -", "ids from standard input" },
	{ "done -f +shop --yes", "three or more at once want --yes where nobody can be asked" },
	{ "modify -n 3 pri:H", "shows what would change" },
	{ "--wait list", "tries again when the daemon is busy" },
	{ "TASKCTL_TOKEN=...", "an access token in place of a login; taskctl token create" },
	{ "exit status",
		"0 done, 1 nothing matched, 2 a mistake, 3 a conflict, 4 not allowed, 5 no daemon, 6 it failed" },
	{ NULL, NULL },
};

const struct help_topic help_topics[] = {
	{ "dates", "What a date may be, for due, wait, scheduled and until, and in filters.", "taskctl-dates", dates },
	{ "filters", "What finds tasks, behind a command that reads, or behind -f. Terms in a row must all hold.",
		"taskctl-filter", filters },
	{ "recurrence", "What recur: may be, for tasks that come again.", "taskctl-recurrence", recurrence },
	{ "scripting", "What scripts need. Data goes to standard output, and words to standard error.",
		"taskctl-scripting", scripting },
	{ "settings", "Lines `name = value`; to change one: taskctl config set NAME VALUE.", "taskctl-config", NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct help_topic *help_topic_find(const char *name)
{
	for (const struct help_topic *topic = help_topics; topic->name; topic++)
		if (strcmp(topic->name, name) == 0)
			return topic;
	return NULL;
}

const char *help_topic_nearest(const char *word)
{
	const char *names[COUNT_OF(help_topics)];

	for (size_t i = 0; i < COUNT_OF(help_topics); i++)
		names[i] = help_topics[i].name;
	return text_nearest(word, names);
}
