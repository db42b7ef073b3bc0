/* The name of the time zone that the person is in. */
#include "zone_name.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind zoneinfo/ at the end of all links, else the path itself. */
static bool name_of_file(const char *path, bool is_needed, char ret_name[ZONE_NAME_SIZE])
{
	static const char folder[] = "/zoneinfo/";
	char real[PATH_MAX];
	const char *found = realpath(path, real) ? strstr(real, folder) : NULL;

	if (!found && !is_needed)
		return false;
	(void)snprintf(ret_name, ZONE_NAME_SIZE, "%.64s", found ? found + sizeof(folder) - 1 : path);
	return true;
}

bool zone_name_find(const char *tz, const char *localtime, char ret_name[ZONE_NAME_SIZE])
{
	if (!tz)
		return name_of_file(localtime, false, ret_name);
	tz += *tz == ':';
	if (*tz == '/' && strcmp(tz, localtime) != 0)
		return name_of_file(tz, true, ret_name);
	if (*tz == '/')
		return name_of_file(tz, false, ret_name);
	(void)snprintf(ret_name, ZONE_NAME_SIZE, "%.64s", *tz ? tz : "UTC");
	return true;
}
