/* What a request names that nobody has named before, and that was perhaps meant to be another name. */
#pragma once

#include "common/json_writer.h"
#include "methods/task_patch.h"
#include "rpc/request.h"
#include "tasks/filter.h"

#define DOUBTS_MOST 16u /* of a request; more are not looked for */

struct doubt {
	const char *kind; /* "project", "tag" or "field" */
	const char *name; /* as it was given */
	const char *near; /* what there is of that kind, or a virtual tag; NULL: nothing is near */
};

/* The texts live as long as the request. */
struct doubts {
	struct doubt items[DOUBTS_MOST];
	size_t count;
};

/*
 * Labels that no task of the account has yet and that are near to one that some task has, and words `NAME:…` of the
 * title that are near to, or are, a custom field. To be asked before the change. Labels of less than
 * four letters are all near to each other, and are no doubts.
 */
enum error doubts_find_in_fields(struct request *request, const struct task_fields *fields, struct doubts *ret_doubts);

/* Labels of the filter that no task of the account has, with what is near; a tag may be near to a virtual one. */
enum error doubts_find_in_filter(struct request *request, const struct filter *filter, struct doubts *ret_doubts);

/* "doubts":[{"kind":…,"name":…,"near":…},…] as a member of the object that is being written, where there are any. */
void doubts_write(const struct doubts *doubts, struct json_writer *writer);
