/* The daemon as a unit of the user's systemd, where there is one. */
#pragma once

#include "paths.h"

#include <stdbool.h>

/*
 * Whether taskd.socket is enabled with the user's manager. systemctl is asked only where a manager runs. Where this is
 * true nobody else may bind the socket: starting the unit would replace it.
 */
bool user_unit_is_enabled(const struct paths *paths);

/* False: systemctl failed. */
bool user_unit_start(const struct paths *paths);
/* The socket as well: else the next connection would start the daemon again. */
bool user_unit_stop(const struct paths *paths);
