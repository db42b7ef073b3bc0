/* All about tasks, and one in the editor. */
#include "common/cleanup.h"
#include "taskwarrior/tw.h"

enum error tw_run_information(struct tw *tw, struct trouble *trouble)
{
	AUTO_FREE char *filter = NULL;
	enum error error = tw_filter_of_line(tw, &filter, trouble);
	const char *words[] = { "-f", filter };

	return error ? error : tw_delegate(tw, "show", words, COUNT_OF(words), trouble);
}

enum error tw_run_edit(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *tasks = NULL;
	json_t *task;
	size_t index;
	enum error error = tw_find_tasks(tw, &tasks, trouble);

	if (!error && !json_array_size(tasks))
		return tw_no_match(tw, trouble);
	json_array_foreach (tasks, index, task) {
		const char *words[] = { json_string_value(json_object_get(task, "uuid")) };

		error = tw_delegate(tw, "edit", words, COUNT_OF(words), trouble);
		if (error)
			return error;
	}
	return error;
}
