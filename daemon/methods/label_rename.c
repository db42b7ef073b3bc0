/* Another name for a project or a tag. */
#include "methods/label_rename.h"

#include "methods/label_near.h"
#include "methods/task_change.h"
#include "methods/task_scope.h"
#include "store/label_store.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const struct param label_rename_params[] = {
	{ .name = "from",
		.summary = "Its name",
		.type = PARAM_TEXT,
		.offset = offsetof(struct label_rename_params, from),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = TASK_PROJECT_LIMIT },
	{ .name = "to",
		.summary = "The name that it gets",
		.type = PARAM_TEXT,
		.offset = offsetof(struct label_rename_params, to),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = TASK_PROJECT_LIMIT },
	{ .name = "if_revision",
		.summary = "Only if no task of the account has changed since this revision",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct label_rename_params, if_revision) },
	{ .name = "dry_run",
		.summary = "Say what would be changed, and change nothing",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct label_rename_params, dry_run) },
	{ 0 },
};

static enum error check_name(struct request *request,
	enum error (*check)(const char *name, size_t length, struct refusal *refusal), const struct text_param *name,
	const char *field)
{
	enum error error = check(name->text, name->length, &request->refusal);

	if (error)
		(void)snprintf(request->refusal.field, sizeof(request->refusal.field), "%s", field);
	return error;
}

static enum error check_params(
	struct request *request, const struct label_rename_params *params, const struct label_rename_rule *rule)
{
	enum error error = check_name(request, rule->check, &params->from, "from");

	if (!error)
		error = check_name(request, rule->check_new, &params->to, "to");
	if (!error && !strcmp(params->from.text, params->to.text))
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "to", "from and to are the same; give another name");
	return error;
}

static enum error refuse_unknown(struct request *request, const char *name, const struct label_kind *kind)
{
	const char *nearest;
	enum error error = label_near_find(request, kind, name, &nearest);

	if (error)
		return error;
	if (nearest)
		return request_refuse(request, ERROR_NOT_FOUND, "from", "no task has the %s `%s`; did you mean `%s`?",
			kind->name, name, nearest);
	return request_refuse(request, ERROR_NOT_FOUND, "from", "no task has the %s `%s`", kind->name, name);
}

enum error label_rename_run(
	struct request *request, const struct label_rename_params *params, const struct label_rename_rule *rule)
{
	struct selection_params selection = { .if_revision = params->if_revision, .dry_run = params->dry_run };
	const struct task_act act = { .action = "rename", .apply = rule->apply, .apply_context = params };
	struct filter term = { 0 };
	bool is_any = false;
	enum error error = check_params(request, params, rule);

	if (!error)
		error = label_store_is_any(
			request->db, request->who.account_id, rule->kind->kind, params->from.text, &is_any);
	if (error)
		return error;
	if (!is_any)
		return refuse_unknown(request, params->from.text, rule->kind);
	term.kind = rule->term;
	term.text = params->from.text;
	selection.made_filter = task_scope_whole(request->arena, &term);
	return task_change_run(request, &selection, &act);
}
