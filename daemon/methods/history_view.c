/* An entry of the history as clients see it. */
#include "methods/history_view.h"

void history_view_write(struct json_writer *writer, const struct history_entry *entry)
{
	json_writer_begin_object(writer);
	json_writer_member_integer(writer, "revision", entry->revision);
	json_writer_member_integer(writer, "step", entry->step);
	json_writer_member_time(writer, "at", entry->at);
	json_writer_member_text(writer, "actor", entry->actor);
	if (entry->actor_name)
		json_writer_member_text(writer, "actor_name", entry->actor_name);
	json_writer_member_text(writer, "action", entry->action);
	json_writer_member_integer(writer, "task_id", entry->task_id);
	if (entry->before) {
		json_writer_key(writer, "before");
		json_writer_raw(writer, entry->before, entry->before_length);
	}
	if (entry->after) {
		json_writer_key(writer, "after");
		json_writer_raw(writer, entry->after, entry->after_length);
	}
	if (entry->is_undone)
		json_writer_member_boolean(writer, "undone", true);
	json_writer_end_object(writer);
}
