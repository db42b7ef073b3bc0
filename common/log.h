/* One line a message on stderr: level, journal prefix, control characters escaped. */
#pragma once

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* NULL-terminated, in the order of the enum: what a setting `log_level` may say. */
extern const char *const log_level_names[];

/*
 * Before the first message, and again when the setting changes. Where stderr is the journal's own stream
 * (JOURNAL_STREAM names its device and inode, systemd.exec(5)) lines start with sd-daemon(3)'s <N>; elsewhere
 * with the time. A line that cannot be written is dropped: no request fails because the log's disk is full.
 */
void log_init(const char *program, enum log_level level);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));
