/* Which project or tag of an account a name was perhaps meant to be. */
#include "methods/label_near.h"

#include "common/text.h"
#include "store/label_store.h"

#include <string.h>

#define NAMES_LOOKED_AT 500

static const char *skip_digits(const char *text)
{
	return text + strspn(text, "0123456789");
}

/* sprint-11 and sprint-12. */
static bool differ_in_digits_alone(const char *a, const char *b)
{
	for (a = skip_digits(a), b = skip_digits(b); *a && *a == *b; a = skip_digits(a + 1), b = skip_digits(b + 1))
		continue;
	return *a == *b;
}

enum error label_near_find(
	struct request *request, const struct label_kind *kind, const char *name, const char **ret_near)
{
	const char **names = arena_array(request->arena, NAMES_LOOKED_AT + 1, sizeof(*names));
	const char *found = NULL;
	size_t kept = 0;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < NAMES_LOOKED_AT; i++) {
		error = label_store_next(
			request->db, request->who.account_id, kind->kind, found, request->arena, &found);
		if (!error && !differ_in_digits_alone(name, found))
			names[kept++] = found;
	}
	*ret_near = text_nearest(name, names);
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}
