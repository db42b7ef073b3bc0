/* Charts over days, weeks, months or years: fetched, drawn, and given to programs. */
#pragma once

#include "invocation.h"

struct activity_chart;

extern const struct activity_chart activity_chart_burndown; /* task.burndown */
extern const struct activity_chart activity_chart_history;  /* task.activity */

/*
 * Run the chart by the words and options of the command: a word for the unit (daily, weekly, …) may stand first, and a
 * filter follows.
 */
enum error activity_chart_run(
	struct invocation *invocation, const struct activity_chart *chart, struct trouble *trouble);

/* Call the method with the filter of the words and the active context beside `params`, which it takes over. */
enum error activity_chart_fetch(struct invocation *invocation, const char *method, json_t *params, json_t **ret_result,
	struct trouble *trouble);
