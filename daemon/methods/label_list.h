/* Lists of projects or tags with their counts. */
#pragma once

#include "methods/page.h"
#include "rpc/params.h"
#include "rpc/request.h"

struct label_list_params {
	struct text_param filter;
	struct boolean_param all;
	struct boolean_param ages;
	struct boolean_param names;
	struct page_params page;
};

extern const struct param label_list_params[];

/* What is listed. */
struct label_kind {
	char kind;            /* as in label_store.h */
	const char *name;     /* of one, as a member of its row */
	const char *list;     /* of the list, as a member of the result */
	bool counts_the_rest; /* tasks without any are counted as well, as "none" */
};

extern const struct label_kind label_kind_project, label_kind_tag;

/*
 * {"projects":[{"project":…,"pending":…,"waiting":…,"completed":…,"deleted":…}],"none":{…}}. Those without a filter
 * come from the index of labels. Without `all`, only names that pending or waiting tasks have. With `names`
 * nothing is counted: {"projects":[{"project":…}]}.
 */
enum error label_list_run(
	struct request *request, const struct label_list_params *params, const struct label_kind *kind);
