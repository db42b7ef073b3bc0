/* The tables of all methods. */
#include "methods/methods.h"

#include <stddef.h>

const struct method *const method_tables[] = {
	account_methods,
	new_password_methods,
	export_methods,
	auth_methods,
	session_methods,
	token_methods,
	task_methods,
	task_duplicate_methods,
	task_read_methods,
	search_methods,
	export_task_methods,
	import_methods,
	series_methods,
	history_methods,
	undo_methods,
	task_annotation_methods,
	task_end_methods,
	field_methods,
	bin_methods,
	project_methods,
	context_methods,
	report_methods,
	time_methods,
	tag_methods,
	system_methods,
	operator_methods,
	upkeep_methods,
	urgency_methods,
	NULL,
};
