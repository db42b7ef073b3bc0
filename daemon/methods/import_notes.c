/* What an import has to say about single items. */
#include "methods/import_notes.h"

#define NOTES_MOST 100

void import_notes_init(struct import_notes *notes)
{
	*notes = (struct import_notes){ .most = NOTES_MOST };
	buffer_init(&notes->text);
	json_writer_init(&notes->writer, &notes->text);
}

void import_notes_deinit(struct import_notes *notes)
{
	buffer_deinit(&notes->text);
}

void import_notes_add(struct import_notes *notes, int64_t position, const char *field, const char *message)
{
	if (notes->count++ >= notes->most)
		return;
	json_writer_begin_object(&notes->writer);
	json_writer_member_integer(&notes->writer, "position", position);
	if (field[0])
		json_writer_member_text(&notes->writer, "field", field);
	json_writer_member_text(&notes->writer, "message", message);
	json_writer_end_object(&notes->writer);
}

void import_notes_write(
	const struct import_notes *notes, struct json_writer *result, const char *name, const char *count_name)
{
	if (!notes->count)
		return;
	json_writer_key(result, name);
	json_writer_begin_array(result);
	json_writer_raw(result, notes->text.data, notes->text.length);
	json_writer_end_array(result);
	json_writer_member_integer(result, count_name, notes->count);
}
