/* What taskd is told: flags over environment over file over defaults, by one table. */
#pragma once

#include "common/settings.h"
#include "places.h"

#include <stdbool.h>

/* The settings, as the table in options.c fills them. */
struct daemon_settings {
	char *socket; /* NULL: found by places */
	char *data;   /* NULL: found by places */
	int64_t log_level;
	int64_t signup;
	int64_t bind_uid;
	int64_t token_algorithm;
	int64_t access_token_minutes;
	int64_t refresh_idle_days;
	int64_t refresh_absolute_days;
	int64_t password_memory_kib;
	int64_t password_operations;
	int64_t hash_queue;
	int64_t hash_queue_per_uid;
	int64_t login_burst;
	int64_t login_per_hour;
	int64_t login_burst_per_uid;
	int64_t login_per_hour_per_uid;
	int64_t signup_burst;
	int64_t signup_per_hour;
	int64_t refresh_burst;
	int64_t refresh_per_hour;
	int64_t audit_days;
	int64_t history_days;
	int64_t bin_days;
	int64_t max_connections;
	int64_t max_connections_per_uid;
	int64_t waiting_budget_kib;
	int64_t idle_exit_seconds;
};

extern const struct setting daemon_settings_table[];

struct options {
	struct daemon_settings settings;
	char config[PATH_MAX];
	bool is_config_named; /* then it must be there */
	const char *socket_flag, *data_flag, *log_level_flag;
	int ready_fd; /* -1: none */
	bool is_check_only;
	bool is_restored;         /* the database is a raw copy of another store's */
	const char *restore_path; /* put this copy in place instead of serving; NULL: serve */
};

/* Parse argv and load the settings. Exits with status 2, saying why, when something is wrong with them. */
void options_parse(int argc, char **argv, struct options *ret_options);

/* Read file and environment again, under the same flags, into `ret_settings` (zeroed). */
enum error options_reload(const struct options *options, struct daemon_settings *ret_settings, struct refusal *refusal);

/* The settings as they stand, a line each: what --check-config prints. */
void options_print(const struct options *options);
void options_deinit(struct options *options);
