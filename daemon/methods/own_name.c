/* Names that people give to what is their account's own. */
#include "methods/own_name.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <ctype.h>

enum error own_name_check(struct request *request, const struct text_param *name)
{
	bool is_good = name->length > 0 && name->length <= OWN_NAME_LIMIT;

	for (size_t i = 0; is_good && i < name->length; i++)
		is_good = isalnum((unsigned char)name->text[i]) || name->text[i] == '_' || name->text[i] == '-';
	if (is_good)
		return ERROR_NONE;
	return request_refuse(request, ERROR_INVALID_PARAMS, "name",
		"a name is 1 to %u letters from A to Z, digits, _ and -", OWN_NAME_LIMIT);
}

void own_names_add(struct own_names *names, const char *name)
{
	if (names->count + 1 < COUNT_OF(names->names))
		names->names[names->count++] = arena_strdup(names->arena, name);
}

enum error own_name_refuse_unknown(
	struct request *request, const char *field, const char *kind, const char *name, const struct own_names *names)
{
	const char *nearest = text_nearest(name, names->names);

	if (nearest)
		return request_refuse(request, ERROR_NOT_FOUND, field, "there is no %s `%.64s`; did you mean `%s`?",
			kind, name, nearest);
	return request_refuse(request, ERROR_NOT_FOUND, field, "there is no %s `%.64s`", kind, name);
}
