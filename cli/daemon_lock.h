/* The lock that a daemon holds on its data folder for life, seen from outside. */
#pragma once

#include "paths.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Whether some daemon has the data folder. The lock is tried for a moment, in which a daemon that starts would find it
 * taken: call this with the launch lock held, under which taskctl starts daemons.
 */
bool daemon_lock_is_held(const struct paths *paths);

/* Wait until no daemon has it. False: somebody still does after `limit_ms`. */
bool daemon_lock_wait(const struct paths *paths, int limit_ms);

/* The process that noted itself as the holder; 0: none did. */
pid_t daemon_lock_read_holder(const struct paths *paths);
