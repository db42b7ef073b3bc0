/* The statements of all stores. */
#include "store/statements.h"

#include "store/account_store.h"
#include "store/act_store.h"
#include "store/audit_store.h"
#include "store/context_store.h"
#include "store/custom_field_store.h"
#include "store/day_store.h"
#include "store/history_store.h"
#include "store/import_store.h"
#include "store/label_store.h"
#include "store/meta_store.h"
#include "store/replay_store.h"
#include "store/report_store.h"
#include "store/reset_store.h"
#include "store/search_store.h"
#include "store/series_store.h"
#include "store/session_store.h"
#include "store/task_bin.h"
#include "store/task_ended.h"
#include "store/task_label.h"
#include "store/task_order.h"
#include "store/task_plan.h"
#include "store/task_relation.h"
#include "store/task_resolve.h"
#include "store/task_store.h"
#include "store/task_time.h"
#include "store/time_store.h"
#include "store/token_store.h"
#include "store/urgency_store.h"
#include "store/uuid_store.h"

const struct db_statement *const store_statements[] = {
	account_store_statements,
	act_store_statements,
	audit_store_statements,
	custom_field_store_statements,
	context_store_statements,
	day_store_statements,
	history_store_statements,
	label_store_statements,
	import_store_statements,
	meta_store_statements,
	replay_store_statements,
	report_store_statements,
	reset_store_statements,
	search_store_statements,
	series_store_statements,
	session_store_statements,
	task_bin_statements,
	task_ended_statements,
	task_label_statements,
	task_order_statements,
	task_plan_statements,
	task_relation_statements,
	task_resolve_statements,
	task_store_statements,
	task_time_statements,
	time_store_statements,
	token_store_statements,
	urgency_store_statements,
	uuid_store_statements,
	NULL,
};
