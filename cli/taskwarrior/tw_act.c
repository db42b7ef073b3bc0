/* The table of acts. */
#include "taskwarrior/tw_act.h"

#include <stdio.h>
#include <string.h>

static const struct tw_act acts[] = {
	{ .command = "annotate",
		.method = "task.annotate",
		.infinitive = "Annotate",
		.doing = "Annotating",
		.past = "Annotated",
		.text = "text",
		.wording = TW_TEXT_OWN },
	{ .command = "append",
		.method = "task.modify",
		.infinitive = "Append to",
		.doing = "Appending to",
		.past = "Appended",
		.text = "append_title",
		.wording = TW_TEXT_OWN,
		.is_after_that = true },
	{ .command = "delete",
		.method = "task.delete",
		.infinitive = "Delete",
		.doing = "Deleting",
		.past = "Deleted",
		.ineligible = "is not deletable.",
		.eligible = TW_NOT_DELETED,
		.wording = TW_TEXT_REMARK,
		.is_confirmed = true,
		.has_children = true },
	{ .command = "denotate",
		.method = "task.denotate",
		.infinitive = "Denotate",
		.past = "Denotated",
		.text = "text",
		.wording = TW_TEXT_OWN },
	{ .command = "done",
		.method = "task.done",
		.infinitive = "Complete",
		.doing = "Completed",
		.past = "Completed",
		.ineligible = "is neither pending nor waiting.",
		.eligible = TW_OPEN,
		.wording = TW_TEXT_REMARK,
		.has_children = true },
	{ .command = "duplicate",
		.makes_new = true,
		.method = "task.duplicate",
		.infinitive = "Duplicate",
		.doing = "Duplicated",
		.past = "Duplicated",
		.text = "title",
		.wording = TW_TEXT_TITLE },
	{ .command = "modify",
		.method = "task.modify",
		.infinitive = "Modify",
		.doing = "Modifying",
		.past = "Modified",
		.text = "title",
		.wording = TW_TEXT_TITLE,
		.is_after_that = true },
	{ .command = "prepend",
		.method = "task.modify",
		.infinitive = "Prepend to",
		.doing = "Prepending to",
		.past = "Prepended",
		.text = "prepend_title",
		.wording = TW_TEXT_OWN,
		.is_after_that = true },
	{ .command = "purge",
		.method = "task.purge",
		.infinitive = "Permanently remove",
		.past = "Purged",
		.eligible = TW_DELETED,
		.is_confirmed = true },
	{ .command = "start",
		.method = "task.start",
		.infinitive = "Start",
		.doing = "Starting",
		.past = "Started",
		.ineligible = "already started.",
		.eligible = TW_NOT_STARTED,
		.wording = TW_TEXT_REMARK },
	{ .command = "stop",
		.method = "task.stop",
		.infinitive = "Stop",
		.doing = "Stopping",
		.past = "Stopped",
		.ineligible = "not started.",
		.eligible = TW_STARTED,
		.wording = TW_TEXT_REMARK },
};

const struct tw_act *tw_act_find(const char *command)
{
	const struct tw_act *act = acts;

	while (strcmp(act->command, command) != 0)
		act++;
	return act;
}

/* --- tasks --- */

static const char *text_of(const json_t *task, const char *name)
{
	const char *text = json_string_value(json_object_get(task, name));

	return text ? text : "";
}

static bool is_status(const json_t *task, const char *status)
{
	return strcmp(text_of(task, "status"), status) == 0;
}

void tw_act_name_task(const json_t *task, char ret_name[TW_TASK_NAME_SIZE])
{
	if (is_status(task, "completed") || is_status(task, "deleted"))
		(void)snprintf(ret_name, TW_TASK_NAME_SIZE, "%.8s", text_of(task, "uuid"));
	else
		(void)snprintf(ret_name, TW_TASK_NAME_SIZE, "%" JSON_INTEGER_FORMAT,
			json_integer_value(json_object_get(task, "id")));
}

bool tw_act_is_for(const struct tw_act *act, const json_t *task)
{
	bool is_over = is_status(task, "completed") || is_status(task, "deleted");

	switch (act->eligible) {
	case TW_ANY:
		return true;
	case TW_OPEN:
		return !is_over;
	case TW_STARTED:
		return !is_over && json_object_get(task, "started");
	case TW_NOT_STARTED:
		return !is_over && !json_object_get(task, "started");
	case TW_NOT_DELETED:
		return !is_status(task, "deleted");
	case TW_DELETED:
		return is_status(task, "deleted");
	}
	return false;
}
