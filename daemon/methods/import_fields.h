/*
 * The custom fields that an import needs: those that its header declares, and those that its tasks have values for. On
 * its way through the store that is JSON: {"declared":[{"name":…,"type":…}],"numbers":{"NAME":true}}, where a field is
 * false for which there was any value that is no number.
 */
#pragma once

#include "methods/import_item.h"
#include "rpc/request.h"
#include "store/custom_field_store.h"

struct import_fields {
	json_t *declared; /* an array; owned, as is the object */
	json_t *numbers;
};

void import_fields_init(struct import_fields *fields);
void import_fields_deinit(struct import_fields *fields);

/* What a header's member "fields" says. ERROR_INVALID_PARAMS. */
enum error import_fields_declare(struct import_fields *fields, const json_t *list, struct refusal *refusal);
void import_fields_see(struct import_fields *fields, const char *name, bool is_number);

/* As JSON in the arena; NULL: nothing. And what another part said, added. */
const char *import_fields_write(const struct import_fields *fields, struct arena *arena);
void import_fields_merge(struct import_fields *fields, const char *json);

/*
 * Declare what the account does not have yet: by the header, else a number where all values are, else a string. Gives
 * all fields of the account, in the request's arena. ERROR_CONFLICT, field "fields": it would have too many.
 */
enum error import_fields_apply(
	const struct import_fields *fields, struct request *request, struct custom_field_list *ret_list);
