/* A custom field as clients see it. */
#pragma once

#include "common/json_writer.h"
#include "tasks/custom_field.h"

/* {name, type} and, where there are any, label and choices. */
void field_view_write(struct json_writer *writer, const struct custom_field *field);
