/* Making the instances of series: at the first, when one is closed, and when the clock says so. */
#pragma once

#include "methods/task_edit.h"
#include "tasks/task.h"
#include "tasks/zone.h"

/* The zone by whose calendar the template goes. ERROR_INVALID_PARAMS where this machine does not know it. */
enum error series_edit_zone(struct request *request, const struct task *template, const struct zone **ret_zone);

/*
 * Write a new template, which has been checked, and the first instance. ERROR_INVALID_PARAMS, field "until" or "recur":
 * there is none from now on. With `is_dry` nothing is written, and neither has an id.
 */
enum error series_edit_begin(struct task_edit *edit, struct task *template, bool is_dry, struct task *ret_instance);

/*
 * Make the instance whose time has come, if the newest is closed, as a part of the same step; or note when to look
 * again. A series that has come to its end is completed. One that is none any more is left alone.
 */
enum error series_edit_advance(struct task_edit *edit, int64_t template_id);

/* The same for all series that the act concerns. Once it has gone through its whole selection: what is
 * made here may well match the same filter. */
enum error series_edit_advance_all(struct task_edit *edit);

/* The newest instance, where it is there and pending. ERROR_NOT_FOUND. */
enum error series_edit_open_instance(struct request *request, const struct task *template, struct task *ret_instance);
