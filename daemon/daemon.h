/* The daemon: owns everything, builds it in order, takes it down in reverse. */
#pragma once

#include "options.h"

/* Exit statuses of taskd; argp and bad settings exit with EXIT_USAGE (2). */
enum { DAEMON_EXIT_CANNOT_START = 1, DAEMON_EXIT_SECOND = 3 };

/* Serve until told to stop. Gives the exit status; what went wrong was logged. */
int daemon_run(struct options *options);
