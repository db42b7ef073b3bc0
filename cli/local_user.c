/* Reads passwd(5). */
#include "local_user.h"

#include "common/cleanup.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>

bool local_user_find_home(const char *path, uid_t uid, char ret_home[PATH_MAX])
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	const struct passwd *user;

	while (file && (user = fgetpwent(file)))
		if (user->pw_uid == uid)
			return user->pw_dir[0] == '/' && snprintf(ret_home, PATH_MAX, "%s", user->pw_dir) < PATH_MAX;
	return false;
}

bool local_user_find_uid(const char *path, const char *name, uid_t *ret_uid)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	const struct passwd *user;

	while (file && (user = fgetpwent(file))) {
		if (strcmp(user->pw_name, name) != 0)
			continue;
		*ret_uid = user->pw_uid;
		return true;
	}
	return false;
}
