/* Every example of taskctl-filter(7) finds what the page says, and the page has every word of the language. */
#include "fixture.h"

#include "common/buffer.h"
#include "page_examples.h"
#include "store/custom_field_store.h"
#include "store/task_query.h"
#include "store/task_store.h"
#include "tasks/urgency.h"
#include "zones.h"

#include <inttypes.h>

#define PAGE           TEST_SOURCE_DIR "/man/taskctl-filter.7"
#define PAGE_NOW       INT64_C(1795530600) /* 2026-11-24T15:30+01:00 */
#define TODAY_END      INT64_C(1795561199) /* 2026-11-24T23:59:59+01:00 */
#define DAY            INT64_C(86400)
#define REFUSED_AT     "refused at column "
#define EXAMPLES_LEAST 180

/* --- the tasks of the page --- */

static struct task page_task(const char *title, const char *project, int64_t due)
{
	struct task task = task_empty;

	task.title = title;
	task.project = project;
	task.due = due;
	task.created = INT64_C(1793530800); /* 2026-11-01T12:00+01:00 */
	task.modified = task.created;
	task.version = 1;
	return task;
}

static void run_sql(struct fixture *fixture, const char *sql)
{
	assert_done(db_run(db_query_text(fixture->db, "test", sql, NULL), NULL));
}

/* How urgent it is was last found out when it was made. */
static void add(struct fixture *fixture, int64_t id, struct task *task)
{
	task->id = id;
	urgency_classify(task, &urgency_defaults, task->created);
	(void)snprintf(task->uuid, sizeof(task->uuid), "%08" PRId64 "-0000-4000-8000-000000000000", id);
	assert_done(task_store_insert(fixture->db, ANN, task));
}

static void add_work(struct fixture *fixture)
{
	static const char *office[] = { "office" };
	static const int64_t depends[] = { 3 };
	static const struct task_value place = { "place", "Berlin" };
	struct task report = page_task("Write the report", "work", PAGE_NOW + 3 * DAY + 5400);
	struct task sending = page_task("Send the report", "work", TODAY_END + 7 * DAY);

	report.tags = office;
	report.tag_count = 1;
	report.priority = TASK_PRIORITY_HIGH;
	report.started = PAGE_NOW - 5400;
	report.spent = 3600;
	report.version = 2;
	report.dependents = 1;
	add(fixture, 3, &report);
	sending.priority = TASK_PRIORITY_MEDIUM;
	sending.custom = &place;
	sending.custom_count = 1;
	sending.depends = depends;
	sending.depend_count = 1;
	sending.blockers = 1;
	add(fixture, 4, &sending);
}

static void add_rent(struct fixture *fixture)
{
	struct task template = page_task("Pay the rent", NULL, TASK_NO_TIME);
	struct task instance = page_task("Pay the rent", "home", TODAY_END + 7 * DAY);

	template.status = TASK_RECURRING;
	template.recur = "monthly";
	add(fixture, 6, &template);
	instance.series = 6;
	instance.occurrence = 0;
	add(fixture, 7, &instance);
}

static void add_attic(struct fixture *fixture)
{
	static const struct task_annotation letters = { PAGE_NOW, "Found old letters" };
	struct task attic = page_task("Clean the attic", "home", TASK_NO_TIME);
	struct task boxes = page_task("Sort the boxes", NULL, TASK_NO_TIME);

	attic.scheduled = TODAY_END + 1 + 5 * DAY;
	attic.children = 1;
	add(fixture, 8, &attic);
	boxes.parent = 8;
	boxes.until = TODAY_END + 37 * DAY;
	boxes.annotations = &letters;
	boxes.annotation_count = 1;
	add(fixture, 9, &boxes);
}

static void add_others(struct fixture *fixture)
{
	static const char *shop[] = { "shop" }, *both[] = { "office", "shop" };
	static const struct task_value cost = { "cost", "1.2" };
	struct task milk = page_task("Buy milk", "home", TODAY_END);
	struct task plants = page_task("Water the plants", "home.garden", TODAY_END - DAY);
	struct task passport = page_task("Renew the passport", NULL, TASK_NO_TIME);
	struct task ink = page_task("Order ink", NULL, TASK_NO_TIME);
	struct task call = page_task("Call Zoë", NULL, TASK_NO_TIME);

	milk.tags = shop;
	milk.tag_count = 1;
	milk.custom = &cost;
	milk.custom_count = 1;
	add(fixture, 1, &milk);
	plants.priority = TASK_PRIORITY_LOW;
	add(fixture, 2, &plants);
	passport.wait = TODAY_END + 1 + 40 * DAY;
	passport.note = "Bring two photos";
	add(fixture, 5, &passport);
	ink.tags = both;
	ink.tag_count = 2;
	ink.status = TASK_COMPLETED;
	ink.completed = PAGE_NOW - 4 * DAY;
	add(fixture, 10, &ink);
	call.status = TASK_DELETED;
	call.deleted = PAGE_NOW - DAY;
	add(fixture, 11, &call);
}

static void add_tasks(struct fixture *fixture)
{
	run_sql(fixture, "INSERT INTO custom_field (account_id, name, type) VALUES (1, 'cost', 'number'), (1, 'place', "
			 "'string')");
	add_others(fixture);
	add_work(fixture);
	add_rent(fixture);
	add_attic(fixture);
}

/* --- examples --- */

static enum error find_field(void *context, const char *name, enum custom_type *ret_type)
{
	const struct fixture *fixture = context;

	return custom_field_store_find_type(fixture->db, ANN, name, ret_type);
}

static enum error parse(struct fixture *fixture, const char *text, const struct filter **ret_filter)
{
	const struct filter_context context = {
		.now = PAGE_NOW, .zone = zones_find("Europe/Berlin"), .context = fixture, .find_field = find_field
	};

	return filter_parse(text, strlen(text), &context, &fixture->arena, ret_filter, &fixture->refusal);
}

static void check_refused(struct fixture *fixture, const char *text, const char *expected)
{
	const struct filter *filter;
	const char *place;

	if (!parse(fixture, text, &filter))
		fail_msg("`%s` is not refused", text);
	place = strstr(fixture->refusal.message, "at column ");
	if (!place ||
		strtoul(place + strlen("at column "), NULL, 10) != strtoul(expected + strlen(REFUSED_AT), NULL, 10))
		fail_msg("`%s`: %s", text, fixture->refusal.message);
}

static enum error on_row(void *context, const struct task *task)
{
	struct buffer *found = context;

	buffer_printf(found, "%s%" PRId64, found->length ? " " : "", task->id);
	return ERROR_NONE;
}

static void check_found(struct fixture *fixture, const char *text, const char *expected)
{
	struct task_query query = { .account_id = ANN, .now = PAGE_NOW };
	struct buffer found;

	if (parse(fixture, text, &query.filter))
		fail_msg("`%s`: %s", text, fixture->refusal.message);
	buffer_init(&found);
	assert_done(task_query_each(fixture->db, &query, &fixture->arena, on_row, &found));
	if (strcmp(found.length ? buffer_text(&found) : "none", expected) != 0)
		fail_msg("`%s` finds %s, not %s", text, buffer_text(&found), expected);
	buffer_deinit(&found);
}

struct page {
	struct fixture *fixture;
	struct buffer words; /* the examples, a line each */
};

/* \e is mdoc's backslash. */
static void on_example(void *context, const char *text, const char *expected)
{
	struct page *page = context;
	char *filter = arena_strdup(&page->fixture->arena, text);
	char *escaped;

	while ((escaped = strstr(filter, "\\e")))
		memmove(escaped + 1, escaped + 2, strlen(escaped + 1));
	if (strncmp(expected, REFUSED_AT, strlen(REFUSED_AT)) == 0)
		check_refused(page->fixture, filter, expected);
	else
		check_found(page->fixture, filter, expected);
	buffer_printf(&page->words, "\n%s\n", filter);
}

/* An example has the word with what may stand behind it. */
static void expect_word(const char *words, const char *before, const char *name, const char *behind)
{
	char wanted[64];

	for (; *behind; behind++) {
		(void)snprintf(wanted, sizeof(wanted), "%s%s%c", before, name, *behind);
		if (strstr(words, wanted))
			return;
	}
	fail_msg("taskctl-filter(7) has no example of %s%s", before, name);
}

static void expect_words(const char *words)
{
	const char *name;

	for (size_t i = 0; (name = filter_attribute_name(i)); i++)
		expect_word(words, "\n", name, ":.<>=!~");
	for (size_t i = 0; (name = filter_modifier_name(i)); i++)
		expect_word(words, ".", name, ":");
	for (size_t i = 0; (name = filter_virtual_tag_name(i)); i++)
		expect_word(words, "\n+", name, "\n");
}

static void every_example_finds_what_it_says_and_every_word_has_one(void **state)
{
	struct page page = { .fixture = *state };

	add_tasks(*state);
	buffer_init(&page.words);
	assert_true(page_examples_each(PAGE, on_example, &page) >= EXAMPLES_LEAST);
	expect_words(buffer_text(&page.words));
	buffer_deinit(&page.words);
}

static int tear_down(void **state)
{
	zones_free();
	return fixture_tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_example_finds_what_it_says_and_every_word_has_one, fixture_set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
