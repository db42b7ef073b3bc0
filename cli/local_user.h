/*
 * The users that /etc/passwd knows. Not getpwnam(3), which loads the libraries that nsswitch.conf names: a client that
 * is linked statically cannot, and one that is not would start no faster for it. Whoever is known elsewhere alone has
 * HOME set by their login, and is named by number.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#define LOCAL_USER_FILE "/etc/passwd"

/* Their home folder, an absolute path. False: nobody there has the number, or has a home. */
bool local_user_find_home(const char *path, uid_t uid, char ret_home[PATH_MAX]);

/* Their number. False: nobody there has the name. */
bool local_user_find_uid(const char *path, const char *name, uid_t *ret_uid);
