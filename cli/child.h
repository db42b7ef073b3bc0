/* Child processes: with a clean environment, and nothing of ours left open in them. */
#pragma once

#include "paths.h"
#include "trouble.h"

/*
 * The daemon's program: next to our own, in a build tree's daemon folder, where it was to be installed, then in PATH.
 * `ret_path` holds PATH_MAX bytes. ERROR_NOT_FOUND.
 */
enum error child_find_taskd(char *ret_path, struct trouble *trouble);

/*
 * Start the daemon for good with the listening socket as its descriptor 3 (sd_listen_fds(3)): a session of its own, cwd
 * /, nothing to read, its words into the log in its data folder. Returns when exec has succeeded.
 */
enum error child_start_taskd(const struct paths *paths, int listening_fd, struct trouble *trouble);

/* The path of that log. `ret_path` holds PATH_MAX bytes. */
void child_log_path(const struct paths *paths, char *ret_path);

/* Run a program by its absolute path to its end, silently. Its exit status, or -1. */
int child_run(const struct paths *paths, const char *const *argv);

/*
 * Run taskd with these options (NULL-terminated) to its end, in the folder that we are in; its words go to our stderr.
 * ERROR_NOT_FOUND: there is no such program.
 */
enum error child_run_taskd(
	const struct paths *paths, const char *const *options, int *ret_status, struct trouble *trouble);
