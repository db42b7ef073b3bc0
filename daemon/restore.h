/* taskd --restore: a copy of a store in the place of the store, while no daemon has it. */
#pragma once

#include "options.h"

/* Do it, and say what was done. Gives the exit status, as daemon_run does. */
int restore_run(const struct options *options);
