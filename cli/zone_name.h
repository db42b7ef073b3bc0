/* The name of the time zone that the person is in. */
#pragma once

#include <stdbool.h>

#define ZONE_NAME_SIZE 65 /* with its NUL; the daemon takes no longer one */

/*
 * From `tz` (the environment's TZ, NULL: not set), else from where the link `localtime` leads. False: there is no name,
 * and the daemon's own zone, which is this machine's too, is the right one. A TZ that is no name goes over as it is,
 * for the daemon to judge: it must not be read as something else in silence.
 */
bool zone_name_find(const char *tz, const char *localtime, char ret_name[ZONE_NAME_SIZE]);
