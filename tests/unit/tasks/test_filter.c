/* The filter language: what a text means, and what is said about mistakes. */
#include "filter_show.h"

#include "common/cleanup.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		return -1;
	arena_init(arena);
	*state = arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_deinit(*state);
	free(*state);
	return 0;
}

static enum error find_field(void *context, const char *name, enum custom_type *ret_type)
{
	static const struct {
		const char *name;
		enum custom_type type;
	} fields[] = {
		{ "cost", CUSTOM_NUMBER },
		{ "place", CUSTOM_STRING },
		{ "warranty", CUSTOM_DATE },
		{ "length", CUSTOM_DURATION },
	};

	(void)context;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (strcmp(fields[i].name, name) != 0)
			continue;
		*ret_type = fields[i].type;
		return ERROR_NONE;
	}
	return ERROR_NOT_FOUND;
}

static const struct filter_context ordinary = { .now = FILTER_SHOW_NOW, .find_field = find_field };

static enum error parse(
	const char *text, struct arena *arena, const struct filter **ret_filter, struct refusal *refusal)
{
	return filter_parse(text, strlen(text), &ordinary, arena, ret_filter, refusal);
}

#define PENDING "and(status[pending] not(wait[n+1..*]))"
#define WAITING "and(status[pending] wait[n+1..*])"

/* Filters, and the trees that they are. */
static const struct {
	const char *text;
	const char *meaning;
} meanings[] = {
	{ "", "all" },
	{ " \t\n ", "all" },
	{ "project:home", "project[home]" },
	{ "project:home.garden", "project[home.garden]" },
	{ "project:", "not(any[project])" },
	{ "project:\"\"", "not(any[project])" },
	{ "project:\"Home Garden\"", "project[Home Garden]" },
	{ "project:'Home Garden'", "project[Home Garden]" },
	{ "project:Home\\ Garden", "project[Home Garden]" },
	{ "project:\"a\\\"b\"", "project[a\"b]" },
	{ "project:'a\\b'", "project[a\\b]" },
	{ "project:'b\\'c", "project[b\\c]" }, /* in single quotes a backslash is a character */
	{ "project:a:b", "project[a:b]" },
	{ "project:\"a (b)\"", "project[a (b)]" },
	{ "project:and", "project[and]" },
	{ "+shop", "tag[shop]" },
	{ "-work", "not(tag[work])" },
	{ "-5", "not(tag[5])" },
	{ "+牛奶", "tag[牛奶]" },
	{ "status:pending", PENDING },
	{ "status:completed", "status[completed]" },
	{ "status:deleted", "status[deleted]" },
	{ "status:recurring", "status[recurring]" },
	{ "status:waiting", WAITING },
	{ "status:all", "everything" },
	{ "3", "id{3}" },
	{ "3-7,9", "id{3,4,5,6,7,9}" },
	{ "3-3", "id{3}" },
	{ "6F1CDEAD", "id{~6f1cdead}" },
	{ "deadbeef,3", "id{~deadbeef,3}" },
	{ "deadbeef-0f0f-4abc-8abc-0123456789ab", "id{~deadbeef-0f0f-4abc-8abc-0123456789ab}" },
	{ "12345678", "id{12345678,~12345678}" }, /* as a number and as a uuid */
	{ "12345678-1234", "id{~12345678-1234}" },
	{ "+a +b", "and(tag[a] tag[b])" },
	{ "+a and +b", "and(tag[a] tag[b])" },
	{ "+a\n-b project:c", "and(and(tag[a] not(tag[b])) project[c])" },
	{ "1 2", "and(id{1} id{2})" },
	/* joints */
	{ "+a or +b", "or(tag[a] tag[b])" },
	{ "+a xor +b", "xor(tag[a] tag[b])" },
	{ "not +a", "not(tag[a])" },
	{ "! +a", "not(tag[a])" },
	{ "!+a", "not(tag[a])" },
	{ "not not +a", "tag[a]" },
	{ "! not ! +a", "not(tag[a])" },
	{ "(+a)", "tag[a]" },
	{ "+a or +b and +c xor +d", "or(tag[a] xor(and(tag[b] tag[c]) tag[d]))" },
	{ "+a +b or +c", "or(and(tag[a] tag[b]) tag[c])" },
	{ "+a xor +b or +c", "or(xor(tag[a] tag[b]) tag[c])" },
	{ "+a or +b xor +c", "or(tag[a] xor(tag[b] tag[c]))" },
	{ "not +a +b", "and(not(tag[a]) tag[b])" },
	{ "not (+a +b)", "not(and(tag[a] tag[b]))" },
	{ "!(+a)", "not(tag[a])" },
	{ "(+a or +b)(+c)", "and(or(tag[a] tag[b]) tag[c])" },
	{ "( 3-5 or +shop ) and not +work", "and(or(id{3,4,5} tag[shop]) not(tag[work]))" },
	{ "+a or +b or +c", "or(or(tag[a] tag[b]) tag[c])" },
	{ "+and", "tag[and]" },
	/* dates: a day is all of it */
	{ "due:tomorrow", "due[t+1..t+2-1s]" },
	{ "due=tomorrow", "due[t+1..t+2-1s]" },
	{ "due.is:2027-01-16", "due[t+1..t+2-1s]" },
	{ "due!=tomorrow", "not(due[t+1..t+2-1s])" },
	{ "due.isnt:tomorrow", "not(due[t+1..t+2-1s])" },
	{ "due.before:tomorrow", "due[*..t+1-1s]" },
	{ "due<tomorrow", "due[*..t+1-1s]" },
	{ "due.under:tomorrow", "due[*..t+1-1s]" },
	{ "due.below:tomorrow", "due[*..t+1-1s]" },
	{ "due.by:tomorrow", "due[*..t+2-1s]" },
	{ "due<=tomorrow", "due[*..t+2-1s]" },
	{ "due.after:tomorrow", "due[t+2..*]" },
	{ "due>tomorrow", "due[t+2..*]" },
	{ "due.over:tomorrow", "due[t+2..*]" },
	{ "due.above:tomorrow", "due[t+2..*]" },
	{ "due>=tomorrow", "due[t+1..*]" },
	{ "due:now", "due[n+0]" },
	{ "due<now", "due[*..n-1]" },
	{ "due.before:eow", "due[*..n+230398]" },
	{ "due<'fri 17:00'", "due[*..n+637199]" },
	{ "due:", "not(any[due])" },
	{ "due.none:", "not(any[due])" },
	{ "due.any:", "any[due]" },
	{ "due!=", "any[due]" },
	{ "sched:today", "scheduled[t+0..t+1-1s]" },
	{ "until>today", "until[t+1..*]" },
	{ "start.any:", "any[started]" },
	{ "end.after:yesterday", "completed[t+0..*]" },
	{ "entry<today", "created[*..t+0-1s]" },
	{ "deleted.by:today modified>=today", "and(deleted[*..t+1-1s] modified[t+0..*])" },
	/* texts */
	{ "title:milk", "title.has[milk]" },
	{ "description:milk", "title.has[milk]" },
	{ "title=milk", "title.is[milk]" },
	{ "title==milk", "title.is[milk]" },
	{ "title!==milk", "not(title.is[milk])" },
	{ "title~milk", "title.has[milk]" },
	{ "title!~milk", "not(title.has[milk])" },
	{ "title.has:'two words'", "title.has[two words]" },
	{ "title.contains:\"a:b\"", "title.has[a:b]" },
	{ "title.hasnt:x", "not(title.has[x])" },
	{ "title.startswith:x", "title.starts[x]" },
	{ "title.left:x", "title.starts[x]" },
	{ "title.endswith:x", "title.ends[x]" },
	{ "title.right:x", "title.ends[x]" },
	{ "title.word:x", "title.word[x]" },
	{ "title.noword:x", "not(title.word[x])" },
	{ "title.equals:x", "title.is[x]" },
	{ "title.not:x", "not(title.is[x])" },
	{ "title.regex:^b.*k$", "title.regex[^b.*k$]" },
	{ "note:", "not(any[note])" },
	{ "note.any:", "any[note]" },
	{ "annotation:x", "annotations.has[x]" },
	{ "/milk/", "or(or(title.has[milk] note.has[milk]) annotations.has[milk])" },
	{ "/two words/", "or(or(title.has[two words] note.has[two words]) annotations.has[two words])" },
	{ "/a\\/b \"c/", "or(or(title.has[a/b \"c] note.has[a/b \"c]) annotations.has[a/b \"c])" },
	{ "/^m|\\d/r", "or(or(title.regex[^m|\\d] note.regex[^m|\\d]) annotations.regex[^m|\\d])" },
	{ "not /x/", "not(or(or(title.has[x] note.has[x]) annotations.has[x]))" },
	{ "project.is:home", "project.is[home]" },
	{ "project==home", "project.is[home]" },
	{ "project=home", "project[home]" },
	{ "project!=home", "not(project[home])" },
	{ "project.any:", "any[project]" },
	{ "project.startswith:ho", "project.starts[ho]" },
	{ "tags:a", "tag[a]" },
	{ "tag.is:a", "tag[a]" },
	{ "tags.isnt:a", "not(tag[a])" },
	{ "tags.has:a", "tags.has[a]" },
	{ "tags:", "not(any[tags])" },
	{ "recur:weekly", "recur.is[weekly]" },
	/* numbers and the like */
	{ "priority:H", "priority[3]" },
	{ "pri:", "not(priority[1..*])" },
	{ "pri.any:", "priority[1..*]" },
	{ "priority>=M", "priority[2..*]" },
	{ "priority>M", "priority[3..*]" },
	{ "priority<M", "priority[*..1]" },
	{ "pri.isnt:L", "not(priority[1])" },
	{ "spent>90min", "spent[5401..*]" },
	{ "spent.by:1d", "spent[*..86400]" },
	{ "spent:", "not(spent[1..*])" },
	{ "version>3", "version[4..*]" },
	{ "id:3-5,7", "id{3,4,5,7}" },
	{ "uuid:6F1CDEAD", "id{~6f1cdead}" },
	{ "id<10", "id[*..9]" },
	{ "id.isnt:3", "not(id{3})" },
	{ "parent:3", "parent{3}" },
	{ "parent.any:", "any[parent]" },
	{ "parent:", "not(any[parent])" },
	{ "series:4", "series{4}" },
	{ "depends:6f1cdead,3", "depends{~6f1cdead,3}" },
	{ "depends.none:", "not(any[depends])" },
	{ "status.isnt:completed", "not(status[completed])" },
	/* custom fields */
	{ "cost>2.5", "cost>[2.5]" },
	{ "cost:-1", "cost=[-1]" },
	{ "cost.any:", "any[cost]" },
	{ "place:shop", "place.is[shop]" },
	{ "place~sho", "place.has[sho]" },
	{ "warranty.before:tomorrow", "warranty[*..t+1-1s]" },
	{ "length<=2h", "length[*..7200]" },
	/* virtual tags */
	{ "+PENDING", PENDING },
	{ "-PENDING", "not(" PENDING ")" },
	{ "+WAITING", WAITING },
	{ "+COMPLETED", "status[completed]" },
	{ "+DELETED", "status[deleted]" },
	{ "+RECURRING", "status[recurring]" },
	{ "+TEMPLATE", "status[recurring]" },
	{ "+INSTANCE", "any[series]" },
	{ "+ACTIVE", "and(status[pending] any[started])" },
	{ "+BLOCKED", "and(status[pending] blockers[1..*])" },
	{ "+UNBLOCKED", "not(and(status[pending] blockers[1..*]))" },
	{ "+BLOCKING", "and(status[pending] dependents[1..*])" },
	{ "+READY", "and(and(" PENDING " not(blockers[1..*])) not(scheduled[n+1..*]))" },
	{ "+OVERDUE", "and(status[pending] due[*..n-1])" },
	{ "+DUE", "and(status[pending] due[*..n+604800])" },
	{ "+TODAY", "due[t+0..t+1-1s]" },
	{ "+YESTERDAY", "due[t-1..t+0-1s]" },
	{ "+TOMORROW", "due[t+1..t+2-1s]" },
	{ "+WEEK", "due[t-4..t+3-1s]" },
	{ "+MONTH", "due[t-14..t+17-1s]" },
	{ "+QUARTER", "due[t-14..t+76-1s]" },
	{ "+YEAR", "due[t-14..t+351-1s]" },
	{ "+SCHEDULED", "any[scheduled]" },
	{ "+UNTIL", "any[until]" },
	{ "+PRIORITY", "priority[1..*]" },
	{ "+PROJECT", "any[project]" },
	{ "+TAGGED", "any[tags]" },
	{ "+ANNOTATED", "any[annotations]" },
	{ "+PARENT", "children[1..*]" },
	{ "+CHILD", "any[parent]" },
	{ "+LATEST", "latest" },
	{ "+ABC", "tag[ABC]" },
	{ "tags:OVRDUE", "tag[OVRDUE]" },
};

static void terms_mean_what_they_say(void **state)
{
	for (size_t i = 0; i < COUNT_OF(meanings); i++) {
		const struct filter *filter;
		struct refusal refusal;
		struct buffer meaning;

		if (parse(meanings[i].text, *state, &filter, &refusal))
			fail_msg("%s: %s", meanings[i].text, refusal.message);
		buffer_init(&meaning);
		filter_show(filter, &meaning);
		assert_string_equal(buffer_text(&meaning), meanings[i].meaning);
		buffer_deinit(&meaning);
	}
}

/* What cannot be read, and what is said of it. */
static const struct {
	const char *text;
	const char *message;
} mistakes[] = {
	{ "due:tomorow",
		"due: `tomorow` is no word for a date; did you mean `tomorrow`? at column 5; write for example "
		"tomorrow 17:00 or 2026-11-23 14:00\ndue:tomorow\n    ^" },
	{ "+a due.before:eo", "due: `eo` is no word for a date; did you mean `eod`? at column 15; write for example "
			      "tomorrow 17:00 or 2026-11-23 14:00\n+a due.before:eo\n              ^" },
	{ "due:'2026-13-01'",
		"due: the month must be between 1 and 12 at column 11; write for example tomorrow 17:00 or "
		"2026-11-23 14:00\ndue:'2026-13-01'\n          ^" },
	{ "note:x due:\"fri 99:00\"",
		"due: the hour must be between 0 and 23 at column 17; write for example tomorrow 17:00 or "
		"2026-11-23 14:00\nnote:x due:\"fri 99:00\"\n                ^" },
	{ "due.by:", "`due.by:` at column 1 wants a value behind it" },
	{ "due.has:x", "`due.has:` at column 1 cannot be asked; due takes is, isnt, before, after, by, any, "
		       "none, =, !=, <, <=, >, >=" },
	{ "title<x", "`title<` at column 1 cannot be asked; title takes is, isnt, has, hasnt, startswith, "
		     "endswith, word, noword, regex, any, none, =, ==, !=, ~, !~" },
	{ "title.before:x", "`title.before:` at column 1 cannot be asked; title takes is, isnt, has, hasnt, "
			    "startswith, endswith, word, noword, regex, any, none, =, ==, !=, ~, !~" },
	{ "title.hes:x", "`title.hes:` at column 1 has no such modifier; did you mean `has`?" },
	{ "prio:H", "`prio:` at column 1 is no attribute; did you mean `priority`?" },
	{ "projct:home", "`projct:` at column 1 is no attribute; did you mean `project`?" },
	{ "deu:today", "`deu:` at column 1 is no attribute; did you mean `due`?" },
	{ "Due:today", "`Due:` at column 1 is no attribute; did you mean `due`?" },
	{ "urgency:high", "`urgency:high` at column 1 wants a number behind its sign, such as 10.5, with up to "
			  "7 digits and 3 decimals" },
	{ "+a urgency<1.2345", "`urgency<1.2345` at column 4 wants a number behind its sign, such as 10.5, "
			       "with up to 7 digits and 3 decimals" },
	{ "urgency>12345678", "`urgency>12345678` at column 1 wants a number behind its sign, such as 10.5, "
			      "with up to 7 digits and 3 decimals" },
	{ "foo:bar", "`foo:` at column 1 is no attribute; taskctl-filter(7) lists them" },
	{ "+牛奶 foo:bar", "`foo:` at column 5 is no attribute; taskctl-filter(7) lists them" },
	{ "牛奶 +a", "`牛奶` at column 1 is no filter term; write `/牛奶/` to look for it, and see "
		     "taskctl-filter(7)" },
	{ "+牛奶 milk", "`milk` at column 5 is no filter term; write `/milk/` to look for it, and see "
			"taskctl-filter(7)" },
	{ "milk", "`milk` at column 1 is no filter term; write `/milk/` to look for it, and see "
		  "taskctl-filter(7)" },
	{ "OR", "`OR` at column 1 is no filter term; write `/OR/` to look for it, and see "
		"taskctl-filter(7)" },
	{ "/milk", "there is no closing slash for the one at column 1" },
	{ "//", "nothing stands between the slashes at column 1" },
	{ "/milk/x", "something other than `r` follows the closing slash (a slash in the text is written "
		     "`\\/`) at column 7" },
	{ "/a(/r", "no regular expression: missing closing parenthesis at column 4" },
	{ "+a /b(c/r", "no regular expression: missing closing parenthesis at column 8" },
	{ "title.regex:a**b{1", "no regular expression: quantifier does not follow a repeatable item at column 15" },
	{ "title.regex:(", "`title.regex:` at column 1 wants a value behind it" },
	{ "\"+a\"", "`+a` at column 1 is no filter term; write `/+a/` to look for it, and see "
		    "taskctl-filter(7)" },
	{ "'3'", "`3` at column 1 is no filter term; write `/3/` to look for it, and see "
		 "taskctl-filter(7)" },
	{ "\"project:x\"", "`project:x` at column 1 is no filter term; write `/project:x/` to look for it, and "
			   "see taskctl-filter(7)" },
	{ "or", "`or` at column 1 has no term before it" },
	{ "+a or", "expected a term behind `or` at column 6" },
	{ "+a or or +b", "expected a term behind `or` at column 7" },
	{ "+a or )", "expected a term behind `or` at column 7" },
	{ "( )", "expected a term behind `(` at column 3" },
	{ "(+a", "there is no closing parenthesis for the one at column 1" },
	{ "+a )", "`)` at column 4 closes nothing" },
	{ "((+a)", "there is no closing parenthesis for the one at column 1" },
	{ "not", "expected a term behind `not` at column 4" },
	{ "+a not", "expected a term behind `not` at column 7" },
	{ "! and +a", "expected a term behind `!` at column 3" },
	{ "and", "`and` at column 1 has no term before it" },
	{ "and +a", "`and` at column 1 has no term before it" },
	{ "+a and", "expected a term behind `and` at column 7" },
	{ "+a and and +b", "expected a term behind `and` at column 8" },
	{ "+a xor", "expected a term behind `xor` at column 7" },
	{ "+", "`+` at column 1: a tag must not be empty" },
	{ "+a -", "`-` at column 4: a tag must not be empty" },
	{ "+a,b", "`+a,b` at column 1: a tag must be one word without spaces, commas, quotes, backslashes or "
		  "parentheses" },
	{ "+OVRDUE", "`+OVRDUE` at column 1 is no virtual tag; did you mean `+OVERDUE`? For a tag of that name "
		     "write `tags:OVRDUE`" },
	{ "-TODAYY", "`-TODAYY` at column 1 is no virtual tag; did you mean `-TODAY`? For a tag of that name "
		     "write `tags:TODAYY`" },
	{ "+a +WEAK", "`+WEAK` at column 4 is no virtual tag; did you mean `+WEEK`? For a tag of that name "
		      "write `tags:WEAK`" },
	{ "project:a..b",
		"`project:a..b` at column 1: project must be names joined by single dots, as in home.garden" },
	{ "status:done", "`status:done` at column 1 names no status; use pending, waiting, completed, deleted, "
			 "recurring or all" },
	{ "status:", "`status:` at column 1 wants a value behind it" },
	{ "status<pending", "`status<` at column 1 cannot be asked; status takes is, isnt, =, !=" },
	{ "priority:X", "`priority:X` at column 1: priority must be H, M or L" },
	{ "pri>Z", "`pri>Z` at column 1: priority must be H, M or L" },
	{ "id:x", "`id:x` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "id<x", "`id<x` at column 1 wants the number of a task behind its sign, such as 3" },
	{ "id:", "`id:` at column 1 wants a value behind it" },
	{ "3-", "`3-` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "7-3", "`7-3` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "3,", "`3,` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "0", "`0` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "1,,2", "`1,,2` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of a uuid" },
	{ "face", "`face` at column 1 is no filter term; write `/face/` to look for it, and see "
		  "taskctl-filter(7)" },
	{ "parent:x", "`parent:x` at column 1 is not a list of ids; write 3, 3-7,9 or at least 8 hex digits of "
		      "a uuid" },
	{ "version:x", "`version:x` at column 1 wants a whole number behind its sign, such as 3" },
	{ "cost:x", "`cost:x` at column 1 wants a number behind its sign, such as 3 or -2.5" },
	{ "cost:1e5", "`cost:1e5` at column 1 wants a number behind its sign, such as 3 or -2.5" },
	{ "spent:3", "spent: expected a unit (s, min, h, d, w, mo, q or y) at column 8; write for example 3 "
		     "days, 1.5h or "
		     "P1DT12H\nspent:3\n       ^" },
	{ "spent>3 parsecs",
		"spent: expected a unit (s, min, h, d, w, mo, q or y) at column 8; write for example 3 days, "
		"1.5h or P1DT12H\nspent>3 parsecs\n       ^" },
	{ "warranty:12", "warranty: a number alone reads in more than one way at column 10; write for example tomorrow "
			 "17:00 or 2026-11-23 14:00\nwarranty:12\n         ^" },
	{ "due.any:x", "`due.any:x` at column 1 takes no value" },
	{ "due.none:today", "`due.none:today` at column 1 takes no value" },
	{ "1-10001", "the filter names more than 10000 ids, from column 1 on" },
	{ "1-9007199254740991", "the filter names more than 10000 ids, from column 1 on" },
	{ "1-6000 6001-12000", "the filter names more than 10000 ids, from column 8 on" },
	{ "+a project:\"b", "there is no closing quote for the one at column 12" },
	{ "+a\\", "nothing follows the backslash at column 3" },
	{ "+a\x1b[31m", "there is a control character at column 3" },
	{ "+a\x0b", "there is a control character at column 3" },
	{ "ééééééééééééééééééééééééé", "`éééééééééééééééééééé` at column 1 is no filter term; write `/text/` "
				       "to look for words, and see taskctl-filter(7)" },
	{ "title:éé due:tomorow", "due: `tomorow` is no word for a date; did you mean `tomorrow`? at column "
				  "14; write for example tomorrow "
				  "17:00 or 2026-11-23 14:00\ntitle:éé due:tomorow\n             ^" },
};

static void mistakes_are_refused_by_name_and_column(void **state)
{
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		const struct filter *filter = NULL;
		struct refusal refusal = { 0 };
		enum error error = parse(mistakes[i].text, *state, &filter, &refusal);

		assert_int_equal(error, ERROR_INVALID_PARAMS);
		assert_null(filter);
		assert_string_equal(refusal.field, "filter");
		assert_string_equal(refusal.message, mistakes[i].message);
	}
}

static enum error parse_repeated(const char *term, size_t times, struct arena *arena)
{
	const struct filter *filter;
	struct buffer text;
	enum error error;

	buffer_init(&text);
	for (size_t i = 0; i < times; i++)
		buffer_append_text(&text, term);
	error = filter_parse(text.data, text.length, &ordinary, arena, &filter, NULL);
	buffer_deinit(&text);
	return error;
}

static void size_is_limited(void **state)
{
	assert_int_equal(parse_repeated("+a ", FILTER_TERM_LIMIT, *state), ERROR_NONE);
	assert_int_equal(parse_repeated("+a ", FILTER_TERM_LIMIT + 1, *state), ERROR_INVALID_PARAMS);
	assert_int_equal(parse_repeated(" ", FILTER_TEXT_LIMIT, *state), ERROR_NONE);
	assert_int_equal(parse_repeated(" ", FILTER_TEXT_LIMIT + 1, *state), ERROR_INVALID_PARAMS);
}

static void memory_for_ids_grows_with_their_number_only(void **state)
{
	struct arena *arena = *state;
	const struct filter *filter;
	struct buffer text;

	buffer_init(&text);
	buffer_append_text(&text, "1-8000");
	while (text.length + 2 <= FILTER_TEXT_LIMIT)
		buffer_append_text(&text, ",9");
	assert_int_equal(filter_parse(text.data, text.length, &ordinary, arena, &filter, NULL), ERROR_INVALID_PARAMS);
	buffer_truncate(&text, 3000);
	assert_int_equal(filter_parse(text.data, text.length, &ordinary, arena, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->ref_count, 8000 + (3000 - 6) / 2);
	assert_in_range(arena->total, 1, 8u * 1024 * 1024);
	buffer_deinit(&text);
}

static void columns_are_kept(void **state)
{
	const struct filter *filter;

	assert_int_equal(parse("+é  -b", *state, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->left->column, 1);
	assert_int_equal(filter->right->column, 5);
	assert_int_equal(parse("", *state, &filter, NULL), ERROR_NONE);
	assert_int_equal(filter->column, 0);
}

static void ids_and_a_status_end_the_default_scope(void **state)
{
	static const char *const ending[] = { "3", "status:pending", "status:waiting", "status:all", "+a 3",
		"status:deleted project:x +b", "+PENDING", "-WAITING", "+a or (+b xor not +DELETED)", "id<3",
		"uuid:6f1cdead", "status!=deleted", "+TEMPLATE", "+RECURRING" };
	static const char *const keeping[] = { "", "+a", "-a", "project:x", "+a project:x -c", "+OVERDUE", "+READY",
		"+LATEST", "parent:3 or depends:4", "not (+a or +TODAY)" };
	const struct filter *filter;

	for (size_t i = 0; i < COUNT_OF(ending); i++) {
		assert_int_equal(parse(ending[i], *state, &filter, NULL), ERROR_NONE);
		assert_true(filter_names_scope(filter));
	}
	for (size_t i = 0; i < COUNT_OF(keeping); i++) {
		assert_int_equal(parse(keeping[i], *state, &filter, NULL), ERROR_NONE);
		assert_false(filter_names_scope(filter));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(terms_mean_what_they_say, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mistakes_are_refused_by_name_and_column, set_up, tear_down),
		cmocka_unit_test_setup_teardown(size_is_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(memory_for_ids_grows_with_their_number_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(columns_are_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ids_and_a_status_end_the_default_scope, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
