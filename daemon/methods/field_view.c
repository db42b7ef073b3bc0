/* A custom field as clients see it. */
#include "methods/field_view.h"

void field_view_write(struct json_writer *writer, const struct custom_field *field)
{
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "name", field->name);
	json_writer_member_text(writer, "type", custom_type_names[field->type]);
	if (field->label)
		json_writer_member_text(writer, "label", field->label);
	if (field->choice_count) {
		json_writer_key(writer, "choices");
		json_writer_begin_array(writer);
		for (size_t i = 0; i < field->choice_count; i++)
			json_writer_text(writer, field->choices[i]);
		json_writer_end_array(writer);
	}
	json_writer_end_object(writer);
}
