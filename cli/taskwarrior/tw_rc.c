/* The table of settings that programs around Taskwarrior ask for, with its own values where they are true here. */
#include "taskwarrior/tw_rc.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <string.h>
#include <strings.h>

#define VERBOSE_ALL                                                                                                    \
	"affected,blank,context,edit,filter,footnote,header,label,new-id,override,project,recur,special,unwait"

static const struct tw_setting usual[] = {
	{ "abbreviation.minimum", "2" },
	{ "active.indicator", "*" },
	{ "allow.empty.filter", "1" },
	{ "bulk", "3" },
	{ "calendar.legend", "1" },
	{ "color", "1" },
	{ "confirmation", "1" },
	{ "data.location", "taskd" },
	{ "dateformat", "Y-M-D" },
	{ "dateformat.annotation", "" },
	{ "dateformat.info", "Y-M-D H:N:S" },
	{ "dateformat.report", "" },
	{ "default.command", "next" },
	{ "default.due", "" },
	{ "default.project", "" },
	{ "defaultheight", "24" },
	{ "defaultwidth", "80" },
	{ "dependency.indicator", "D" },
	{ "due", "7" },
	{ "json.array", "1" },
	{ "print.empty.columns", "0" },
	{ "recurrence", "1" },
	{ "recurrence.indicator", "R" },
	{ "regex", "1" },
	{ "rule.color.merge", "1" },
	{ "rule.precedence.color", "deleted,completed,active,keyword.,tag.,project.,overdue,scheduled,due.today,due,"
				   "blocked,blocking,recurring,tagged,uda." },
	{ "search.case.sensitive", "0" },
	{ "tag.indicator", "+" },
	{ "uda.priority.label", "Priority" },
	{ "uda.priority.type", "string" },
	{ "uda.priority.values", "H,M,L," },
	{ "verbose", VERBOSE_ALL },
	{ "weekstart", "Monday" },
};

/* What wrappers say beside those, and what comes to the same here: files, locks, looks, and what belongs to a name. */
static const char *const silent[] = { "_forcecolor", "alias.", "avoidlastcolumn", "calendar.", "color.",
	"column.padding", "complete.all.tags", "context", "data.location", "dateformat.", "debug", "dependency.",
	"detection", "exit.on.missing.db", "fontunderline", "gc", "hooks", "hyphenate", "indent.", "journal.",
	"json.depends.array", "list.all.", "locking", "nag", "news.version", "obfuscate", "recurrence.", "report.",
	"reserved.lines", "row.padding", "rule.", "shell.", "taskd.", "uda.", "undo.style", "urgency.", "xterm.title" };

void tw_rc_init(struct tw_rc *rc)
{
	rc->said = json_object();
}

void tw_rc_deinit(struct tw_rc *rc)
{
	json_decref(rc->said);
}

bool tw_rc_is_override(const char *argument)
{
	if (strncmp(argument, "rc", 2) != 0)
		return false;
	if (argument[2] == ':' || argument[2] == '=')
		return true;
	return argument[2] == '.' && strpbrk(argument, ":=");
}

bool tw_rc_take(struct tw_rc *rc, const char *argument)
{
	const char *name = argument + 3;
	size_t length = strcspn(name, ":=");

	if (argument[2] != '.')
		return true;
	if (!text_is_utf8(argument, strlen(argument)))
		return false;
	(void)json_object_setn_new(rc->said, name, length, json_string(name + length + 1));
	return true;
}

static const char *usual_value(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(usual); i++)
		if (strcmp(usual[i].name, name) == 0)
			return usual[i].value;
	return NULL;
}

const char *tw_rc_get(const struct tw_rc *rc, const char *name)
{
	const char *said = json_string_value(json_object_get(rc->said, name));

	return said ? said : usual_value(name);
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (; text && *words; words++)
		if (strcasecmp(text, *words) == 0)
			return true;
	return false;
}

bool tw_rc_is_on(const struct tw_rc *rc, const char *name)
{
	static const char *const words[] = { "on", "yes", "y", "true", "1", NULL };

	return is_one_of(tw_rc_get(rc, name), words);
}

int64_t tw_rc_number(const struct tw_rc *rc, const char *name)
{
	const char *text = tw_rc_get(rc, name);
	int64_t number = 0;

	return text && text_parse_integer(text, 0, INT32_MAX, &number) ? number : 0;
}

static bool is_listed(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (; *list; list += strcspn(list, ",") + (list[strcspn(list, ",")] == ','))
		if (strcspn(list, ",") == length && strncmp(list, word, length) == 0)
			return true;
	return false;
}

bool tw_rc_says(const struct tw_rc *rc, const char *what)
{
	static const char *const all[] = { "on", "yes", "y", "true", "1", NULL };
	const char *list = tw_rc_get(rc, "verbose");

	if (is_one_of(list, all))
		list = VERBOSE_ALL;
	return is_listed(list, what); /* "nothing" is no name of anything */
}

/* One that ends with a dot stands for all that begin with it. */
static bool is_silent(const char *name, const char *row)
{
	size_t length = strlen(row);

	return row[length - 1] == '.' ? strncmp(name, row, length) == 0 : strcmp(name, row) == 0;
}

bool tw_rc_is_known(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(silent); i++)
		if (is_silent(name, silent[i]))
			return true;
	return usual_value(name);
}

const struct tw_setting *tw_rc_usual(size_t index)
{
	return index < COUNT_OF(usual) ? &usual[index] : NULL;
}
