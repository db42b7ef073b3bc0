/* Where things are on this machine: the table of places for one user. */
#pragma once

#include "common/error.h"

#include <limits.h>

struct places {
	char data[PATH_MAX];   /* $XDG_DATA_HOME/taskd, else ~/.local/share/taskd */
	char config[PATH_MAX]; /* $XDG_CONFIG_HOME/taskd/taskd.conf, else ~/.config/taskd/taskd.conf */
};

/* From the environment, else the password database. ERROR_INVALID_PARAMS when there is no home. */
enum error places_find(struct places *ret_places, struct refusal *refusal);

/* $XDG_RUNTIME_DIR/taskd/taskd.sock, else /run/user/UID/…, else in the data folder. `ret_path` holds PATH_MAX bytes. */
void places_find_socket(const char *data_folder, char *ret_path);

/* Make the folder and its parents, each missing one with mode 0700. */
enum error places_make_folder(const char *path, struct refusal *refusal);
