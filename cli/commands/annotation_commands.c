/* Remarks on tasks: put on, and taken off again. */
#include "commands/families.h"

#include "bulk.h"
#include "invocation.h"
#include "option_groups.h"
#include "selection.h"

static const struct bulk_act annotate = {
	.method = "task.annotate", .infinitive = "Annotate", .past = "Annotated", .is_light = true
};
static const struct bulk_act denotate = { .method = "task.denotate", .infinitive = "Denotate", .past = "Denotated" };

static enum error run_with_text(struct invocation *invocation, const struct bulk_act *act, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	enum error error = selection_read_text(invocation, "text", params, trouble);

	return error ? error : bulk_run(invocation, act, params, trouble);
}

static enum error run_annotate(struct invocation *invocation, struct trouble *trouble)
{
	return run_with_text(invocation, &annotate, trouble);
}

static enum error run_denotate(struct invocation *invocation, struct trouble *trouble)
{
	return run_with_text(invocation, &denotate, trouble);
}

static const struct argp_option *const annotation_options[] = { option_group_filter, option_group_confirming, NULL };

static const struct command_example annotate_examples[] = {
	{ "annotate 3 Called, nobody there", "with the time, below the task in show" },
	{ NULL, NULL },
};

const struct command annotation_commands[] = {
	{ .name = "annotate",
		.summary = "Put a remark on a task, with the time",
		.usage = "(IDS | -f FILTER) TEXT…",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = annotation_options,
		.examples = annotate_examples,
		.run = run_annotate },
	{ .name = "denotate",
		.summary = "Take a remark off a task, by its text or a part that no other has",
		.usage = "(IDS | -f FILTER) TEXT…",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = annotation_options,
		.run = run_denotate },
	{ .name = NULL },
};
