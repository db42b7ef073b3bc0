/* The days of tasks by the indexes that know them. */
#include "store/day_store.h"

static enum error visit(struct db_query *query, enum day_event event, day_store_event on_event, void *context)
{
	enum error error = ERROR_NONE;

	while (db_next(query, &error))
		error = on_event(context, event, db_int64(query, 0));
	db_finish(query);
	return error;
}

enum error day_store_each(
	struct db *db, int64_t account_id, int64_t from, int64_t before, day_store_event on_event, void *context)
{
	enum error error = ERROR_NONE;

	for (size_t event = 0; !error && day_store_statements[event].name; event++) {
		struct db_query *query = db_query(db, &day_store_statements[event]);

		db_bind_int64(query, 1, account_id);
		db_bind_int64(query, 2, from);
		db_bind_int64(query, 3, before);
		error = visit(query, (enum day_event)event, on_event, context);
	}
	return error;
}

static const char *const moment_columns[] = { "moment", NULL };

/* The place of each is its event. */
const struct db_statement day_store_statements[] = {
	[DAY_DUE] = { .name = "day_due",
		.sql = "SELECT due AS moment FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND due >= $2 AND due < $3",
		.columns = moment_columns },
	[DAY_SCHEDULED] = { .name = "day_scheduled",
		.sql = "SELECT scheduled AS moment FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND (scheduled IS NOT NULL) = 1 "
		       "AND scheduled >= $2 AND scheduled < $3",
		.columns = moment_columns },
	[DAY_WAITING] = { .name = "day_waiting",
		.sql = "SELECT wait AS moment FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND (wait IS NOT NULL) = 1 "
		       "AND wait >= $2 AND wait < $3",
		.columns = moment_columns },
	[DAY_DONE] = { .name = "day_done",
		.sql = "SELECT completed AS moment FROM task "
		       "WHERE account_id = $1 AND status = 'completed' AND (completed IS NOT NULL) = 1 "
		       "AND completed >= $2 AND completed < $3",
		.columns = moment_columns },
	{ 0 },
};
