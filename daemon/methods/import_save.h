/* The tasks of an import on their way into the store, some hundred at a time. */
#pragma once

#include "methods/import_run.h"

/* What is in hand is written when its texts take too much memory, and they are given up. */
enum error import_save_make_room(struct import_run *run);

/* A task with its id: added, or brought together with the one that is there. */
enum error import_save_put(struct import_run *run, struct task *task, bool is_new, int64_t position);

/* What is in hand. */
enum error import_save_rest(struct import_run *run);
