/* Another name for a project or a tag, in all tasks that have it. */
#pragma once

#include "methods/label_list.h"
#include "tasks/filter.h"
#include "tasks/task.h"

struct label_rename_params {
	struct text_param from;
	struct text_param to;
	struct integer_param if_revision;
	struct boolean_param dry_run;
};

extern const struct param label_rename_params[];

struct label_rename_rule {
	const struct label_kind *kind;
	enum error (*check)(const char *name, size_t length, struct refusal *refusal);     /* what `from` may be */
	enum error (*check_new)(const char *name, size_t length, struct refusal *refusal); /* what `to` may be */
	enum filter_kind term;                                                             /* that finds the tasks */
	/* `context` is a struct label_rename_params. */
	enum error (*apply)(const void *context, struct task *task, struct arena *arena, struct refusal *refusal);
};

/*
 * One act over all tasks that have the name; where others have the new one already, the two become one.
 * ERROR_NOT_FOUND, field "from", when none has it.
 */
enum error label_rename_run(
	struct request *request, const struct label_rename_params *params, const struct label_rename_rule *rule);
