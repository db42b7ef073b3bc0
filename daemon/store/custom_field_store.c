/* Custom fields and the index of their values. */
#include "store/custom_field_store.h"

#include "common/buffer.h"
#include "common/log.h"
#include "common/text.h"
#include "tasks/custom_value.h"

#include <stdlib.h>
#include <string.h>

enum { PUT, REMOVE, EACH, TYPE, COUNT_VALUES, PUT_VALUE, REMOVE_VALUE };

enum each_column { NAME, FIELD_TYPE, LABEL, CHOICES };

/* --- the fields --- */

/* A line for each; no choice holds a line feed. */
static void write_choices(const struct custom_field *field, struct buffer *text)
{
	for (size_t i = 0; i < field->choice_count; i++)
		buffer_printf(text, "%s\n", field->choices[i]);
}

enum error custom_field_store_put(struct db *db, int64_t account_id, const struct custom_field *field)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[PUT]);
	struct buffer choices;
	enum error error;

	buffer_init(&choices);
	write_choices(field, &choices);
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, field->name);
	db_bind_text(query, 3, custom_type_names[field->type]);
	db_bind_text(query, 4, field->label);
	db_bind_text(query, 5, field->choice_count ? buffer_text(&choices) : NULL);
	error = db_run(query, NULL);
	buffer_deinit(&choices);
	return error;
}

enum error custom_field_store_remove(struct db *db, int64_t account_id, const char *name)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[REMOVE]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

static void read_choices(const char *text, struct arena *arena, struct custom_field *field)
{
	const char **choices = arena_array(arena, CUSTOM_CHOICES_LIMIT, sizeof(*choices));

	while (text && *text && field->choice_count < CUSTOM_CHOICES_LIMIT) {
		size_t length = strcspn(text, "\n");

		choices[field->choice_count++] = arena_strndup(arena, text, length);
		text += length + (text[length] != '\0');
	}
	field->choices = choices;
}

static enum error read_field(const struct db_query *query, struct arena *arena, struct custom_field *ret_field)
{
	const char *label = db_text(query, LABEL, NULL);

	*ret_field = (struct custom_field){ .name = arena_strdup(arena, db_text(query, NAME, NULL)),
		.label = label ? arena_strdup(arena, label) : NULL };
	if (custom_type_parse(db_text(query, FIELD_TYPE, NULL), &ret_field->type, NULL)) {
		log_error("database: the custom field %s has a damaged type", ret_field->name);
		return ERROR_STORAGE;
	}
	read_choices(db_text(query, CHOICES, NULL), arena, ret_field);
	return ERROR_NONE;
}

enum error custom_field_store_load(
	struct db *db, int64_t account_id, struct arena *arena, struct custom_field_list *ret_list)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[EACH]);
	struct custom_field_list list = { arena_array(arena, CUSTOM_FIELDS_LIMIT, sizeof(*list.fields)), 0 };
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, CUSTOM_FIELDS_LIMIT);
	while (db_next(query, &error))
		error = read_field(query, arena, &list.fields[list.count++]);
	db_finish(query);
	if (!error)
		*ret_list = list;
	return error;
}

static int compare_name(const void *name, const void *element)
{
	const struct custom_field *field = element;

	return strcmp(name, field->name);
}

const struct custom_field *custom_field_find(const struct custom_field_list *list, const char *name)
{
	return list->count ? bsearch(name, list->fields, list->count, sizeof(*list->fields), compare_name) : NULL;
}

const char *custom_field_nearest(const struct custom_field_list *list, const char *name)
{
	const char *names[CUSTOM_FIELDS_LIMIT + 1] = { NULL };

	for (size_t i = 0; i < list->count; i++)
		names[i] = list->fields[i].name;
	return text_nearest(name, names);
}

/* --- the values --- */

enum error custom_field_store_count_values(struct db *db, int64_t account_id, const char *name, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[COUNT_VALUES]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	return db_read_integer(query, ret_count);
}

enum error custom_field_store_find_type(struct db *db, int64_t account_id, const char *name, enum custom_type *ret_type)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[TYPE]);
	char text[16];
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	error = db_read_only_text(query, text, sizeof(text));
	return error ? error : custom_type_parse(text, ret_type, NULL);
}

/* A value that came back after its field was deleted is a string. */
static enum error find_type(struct db *db, int64_t account_id, const char *name, enum custom_type *ret_type)
{
	enum error error = custom_field_store_find_type(db, account_id, name, ret_type);

	if (error == ERROR_NOT_FOUND)
		*ret_type = CUSTOM_STRING;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error put_value(struct db *db, int64_t account_id, int64_t task_id, const struct task_value *value)
{
	enum custom_type type;
	struct db_query *query;
	struct arena arena;
	enum error error = find_type(db, account_id, value->name, &type);

	if (error)
		return error;
	arena_init(&arena);
	query = db_query(db, &custom_field_store_statements[PUT_VALUE]);
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, value->name);
	db_bind_int64(query, 3, task_id);
	db_bind_text(query, 4, value->value);
	db_bind_text(query, 5, custom_value_number(type, value->value, &arena));
	error = db_run(query, NULL);
	arena_deinit(&arena);
	return error;
}

static enum error remove_value(struct db *db, int64_t account_id, int64_t task_id, const char *name)
{
	struct db_query *query = db_query(db, &custom_field_store_statements[REMOVE_VALUE]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	db_bind_int64(query, 3, task_id);
	return db_run(query, NULL);
}

static const struct task_value *find_value(const struct task *task, const char *name)
{
	for (size_t i = 0; i < task->custom_count; i++)
		if (!strcmp(task->custom[i].name, name))
			return &task->custom[i];
	return NULL;
}

static bool has_value(const struct task *task, const struct task_value *value)
{
	const struct task_value *found = find_value(task, value->name);

	return found && !strcmp(found->value, value->value);
}

enum error custom_field_store_update_values(
	struct db *db, int64_t account_id, const struct task *before, const struct task *after)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < before->custom_count; i++)
		if (!find_value(after, before->custom[i].name))
			error = remove_value(db, account_id, before->id, before->custom[i].name);
	for (size_t i = 0; !error && i < after->custom_count; i++)
		if (!has_value(before, &after->custom[i]))
			error = put_value(db, account_id, after->id, &after->custom[i]);
	return error;
}

const struct db_statement custom_field_store_statements[] = {
	[PUT] = { .name = "custom_field_put",
		.sql = "INSERT INTO custom_field (account_id, name, type, label, choices) "
		       "VALUES ($1, $2, $3, $4, $5) "
		       "ON CONFLICT (account_id, name) "
		       "DO UPDATE SET type = EXCLUDED.type, label = EXCLUDED.label, choices = EXCLUDED.choices" },
	[REMOVE] = { .name = "custom_field_remove",
		.sql = "DELETE FROM custom_field WHERE account_id = $1 AND name = $2" },
	[EACH] = { .name = "custom_field_each",
		.sql = "SELECT name, type, label, choices FROM custom_field "
		       "WHERE account_id = $1 "
		       "ORDER BY name LIMIT $2",
		.columns = (const char *const[]){ [NAME] = "name",
			[FIELD_TYPE] = "type",
			[LABEL] = "label",
			[CHOICES] = "choices",
			NULL } },
	[TYPE] = { .name = "custom_field_type",
		.sql = "SELECT type FROM custom_field WHERE account_id = $1 AND name = $2",
		.columns = (const char *const[]){ "type", NULL } },
	[COUNT_VALUES] = { .name = "task_value_count",
		.sql = "SELECT COUNT(*) AS count FROM task_value WHERE account_id = $1 AND name = $2",
		.columns = (const char *const[]){ "count", NULL } },
	[PUT_VALUE] = { .name = "task_value_put",
		.sql = "INSERT INTO task_value (account_id, name, task_id, text, number) "
		       "VALUES ($1, $2, $3, $4, CAST($5 AS REAL)) "
		       "ON CONFLICT (account_id, name, task_id) "
		       "DO UPDATE SET text = EXCLUDED.text, number = EXCLUDED.number" },
	[REMOVE_VALUE] = { .name = "task_value_remove",
		.sql = "DELETE FROM task_value WHERE account_id = $1 AND name = $2 AND task_id = $3" },
	{ 0 },
};
