/* Stopping the user's daemon, and keeping others from starting it for a while. */
#pragma once

#include "launch.h"
#include "trouble.h"

enum daemon_stop_outcome { DAEMON_WAS_NOT_RUNNING, DAEMON_HAS_STOPPED, DAEMON_UNIT_HAS_STOPPED };

struct daemon_stop {
	enum daemon_stop_outcome outcome;
	int lock_fd; /* -1: there is nothing to keep others from */
};

/*
 * Stop the daemon and wait for its end. Until daemon_stop_end no taskctl starts one. Refused for a socket that was
 * named and is not the one of our data folder's daemon.
 */
enum error daemon_stop_begin(const struct route *route, struct daemon_stop *ret_stop, struct trouble *trouble);
void daemon_stop_end(struct daemon_stop *stop);
