/* Folders that are ours alone, and lock files in them. */
#pragma once

#include "trouble.h"

/* Make the folder and its parents, each missing one with mode 0700. */
enum error folder_make(const char *path, struct trouble *trouble);

/*
 * Make FOLDER/NAME where it is missing and lock it (flock(2)) until the descriptor is closed; waits for whoever has it.
 */
enum error folder_lock(const char *folder, const char *name, int *ret_fd, struct trouble *trouble);
