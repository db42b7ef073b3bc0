/* By what coefficients the tasks of a request are urgent. */
#pragma once

#include "rpc/request.h"
#include "tasks/urgency.h"

/* Those of the account that asks: read once for a request, from then on valid as long as it runs. */
enum error task_urgency_find(struct request *request, const struct urgency_coefficients **ret_coefficients);

/* Write the phase of urgency that the task is in into it. For every task that is about to be stored. */
enum error task_urgency_classify(struct request *request, struct task *task);
