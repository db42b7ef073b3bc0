/* One daemon for a data folder: a lock for life, and a note of the socket that it answers at. */
#pragma once

#include "common/error.h"

/* Lock DATA/taskd.lock until the descriptor is closed. ERROR_CONFLICT, naming the process, when another daemon has it.
 */
enum error instance_lock(const char *data_folder, int *ret_fd, struct refusal *refusal);

/* Write the socket's path to DATA/taskd.socket-path, where clients without our environment (cron) look first. */
enum error instance_record_socket(const char *data_folder, const char *socket_path, struct refusal *refusal);
void instance_forget_socket(const char *data_folder);

/*
 * Remove files of the folder whose names begin so and that were last written before `older_than` (seconds since the
 * epoch): what was left half done, or never taken away. Under the lock.
 */
void instance_remove_leftovers(const char *data_folder, const char *prefix, int64_t older_than);
