/* The statements of all stores. */
#include "store/statements.h"

#include "store/account_store.h"
#include "store/audit_store.h"
#include "store/history_store.h"
#include "store/meta_store.h"
#include "store/replay_store.h"
#include "store/reset_store.h"
#include "store/session_store.h"
#include "store/task_label.h"
#include "store/task_plan.h"
#include "store/task_store.h"
#include "store/token_store.h"

const struct db_statement *const store_statements[] = {
	account_store_statements,
	audit_store_statements,
	history_store_statements,
	meta_store_statements,
	replay_store_statements,
	reset_store_statements,
	session_store_statements,
	task_label_statements,
	task_plan_statements,
	task_store_statements,
	token_store_statements,
	NULL,
};
