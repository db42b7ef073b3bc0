/* The flags of taskd, by argp, and the table of its settings. */
#include "options.h"

#include "auth/attempt_limits.h"
#include "auth/key.h"
#include "common/log.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTING(field) .name = #field, .offset = offsetof(struct daemon_settings, field)

static const char *const signup_names[] = { "open", "operator", NULL };
static const char *const bind_uid_names[] = { "strict", "off", NULL };

const struct setting daemon_settings_table[] = {
	{ SETTING(socket), .summary = "Where clients connect", .type = SETTING_PATH },
	{ SETTING(data), .summary = "The folder of the database and the keys", .type = SETTING_PATH },
	{ SETTING(log_level), .summary = "What is worth a line in the log", .type = SETTING_CHOICE,
		.choices = log_level_names, .default_text = "info", .is_reloadable = true },
	{ SETTING(signup), .summary = "Who may make accounts: anyone, or the operator", .type = SETTING_CHOICE,
		.choices = signup_names, .default_text = "open", .is_reloadable = true },
	{ SETTING(bind_uid), .summary = "Whether a session serves only the system user that logged in",
		.type = SETTING_CHOICE, .choices = bind_uid_names, .default_text = "strict", .is_reloadable = true },
	{ SETTING(token_algorithm), .summary = "The algorithm of new signing keys", .type = SETTING_CHOICE,
		.choices = key_algorithm_names, .default_text = "HS256", .is_reloadable = true },
	{ SETTING(access_token_minutes), .summary = "How long an access token is good", .unit = "minutes",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = 60, .default_text = "30", .is_reloadable = true },
	{ SETTING(refresh_idle_days), .summary = "How long a session lives without being used", .unit = "days",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = 365, .default_text = "14", .is_reloadable = true },
	{ SETTING(refresh_absolute_days), .summary = "How long a session lives at most", .unit = "days",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = 3650, .default_text = "90", .is_reloadable = true },
	{ SETTING(password_memory_kib), .summary = "Memory that one Argon2id hash takes", .unit = "KiB",
		.type = SETTING_INTEGER, .minimum = 19456, .maximum = 262144, .default_text = "65536",
		.is_reloadable = true },
	{ SETTING(password_operations), .summary = "Passes of one Argon2id hash", .type = SETTING_INTEGER, .minimum = 2,
		.maximum = 16, .default_text = "2", .is_reloadable = true },
	{ SETTING(hash_queue), .summary = "Passwords that may wait to be checked", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = 1024, .default_text = "16", .is_reloadable = true },
	{ SETTING(hash_queue_per_uid), .summary = "The same, of one system user", .type = SETTING_INTEGER, .minimum = 1,
		.maximum = 1024, .default_text = "2", .is_reloadable = true },
	{ SETTING(login_burst), .summary = "Failed logins that one system user has free for one account",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "10",
		.is_reloadable = true },
	{ SETTING(login_per_hour), .summary = "How many of them flow back in an hour", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "120", .is_reloadable = true },
	{ SETTING(login_burst_per_uid),
		.summary = "Failed logins that one system user has free for all accounts together",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "60",
		.is_reloadable = true },
	{ SETTING(login_per_hour_per_uid), .summary = "How many of them flow back in an hour", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "600", .is_reloadable = true },
	{ SETTING(signup_burst), .summary = "Sign-ups that one system user has free", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "20", .is_reloadable = true },
	{ SETTING(signup_per_hour), .summary = "How many of them flow back in an hour", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "20", .is_reloadable = true },
	{ SETTING(refresh_burst), .summary = "Failed refreshes that one system user has free", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "120", .is_reloadable = true },
	{ SETTING(refresh_per_hour), .summary = "How many of them flow back in an hour", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = ATTEMPT_LIMIT_MAXIMUM, .default_text = "3600", .is_reloadable = true },
	{ SETTING(audit_days), .summary = "How long the log of an account is kept", .unit = "days",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = 3650, .default_text = "365", .is_reloadable = true },
	{ SETTING(history_days), .summary = "How long the history of tasks is kept, and can be undone", .unit = "days",
		.type = SETTING_INTEGER, .minimum = 1, .maximum = 3650, .default_text = "365", .is_reloadable = true },
	{ SETTING(bin_days), .summary = "How long deleted tasks stay", .unit = "days", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = 3650, .default_text = "30", .is_reloadable = true },
	{ SETTING(max_connections), .summary = "Clients that may be connected", .type = SETTING_INTEGER, .minimum = 1,
		.maximum = 100000, .default_text = "1024", .is_reloadable = true },
	{ SETTING(max_connections_per_uid), .summary = "The same, of one system user", .type = SETTING_INTEGER,
		.minimum = 1, .maximum = 100000, .default_text = "512", .is_reloadable = true },
	{ SETTING(waiting_budget_kib), .summary = "Input and output of all clients together that may wait in memory",
		.unit = "KiB", .type = SETTING_INTEGER, .minimum = 4096, .maximum = 4194304, .default_text = "32768",
		.is_reloadable = true },
	{ SETTING(idle_exit_seconds), .summary = "Stop when nobody was connected for so long; 0: never",
		.unit = "seconds", .type = SETTING_INTEGER, .minimum = 0, .maximum = 31536000, .default_text = "0" },
	{ 0 },
};

enum {
	OPTION_SOCKET = 0x100,
	OPTION_DATA,
	OPTION_CONFIG,
	OPTION_READY_FD,
	OPTION_LOG_LEVEL,
	OPTION_CHECK_CONFIG,
	OPTION_RESTORE,
	OPTION_RESTORED
};

static const struct argp_option option_table[] = {
	{ "socket", OPTION_SOCKET, "PATH", 0, "Listen at this Unix socket", 0 },
	{ "data", OPTION_DATA, "DIR", 0, "Keep database and keys in this folder", 0 },
	{ "config", OPTION_CONFIG, "FILE", 0, "Read the settings from this file", 0 },
	{ "ready-fd", OPTION_READY_FD, "N", 0,
		"Write READY=1 to this descriptor, and close it, once clients can connect", 0 },
	{ "log-level", OPTION_LOG_LEVEL, "LEVEL", 0, "error, warning, info or debug", 0 },
	{ "restore", OPTION_RESTORE, "FILE", 0,
		"Put this copy in the place of the database, and exit; the old one is kept beside it", 0 },
	{ "restored", OPTION_RESTORED, NULL, 0,
		"The database is a copy that was put there by hand: make it a store of its own", 0 },
	{ "check-config", OPTION_CHECK_CONFIG, NULL, 0, "Check the settings, print them, and exit", 0 },
	{ 0 },
};

static void parse_ready_fd(const char *text, struct argp_state *state, struct options *options)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (end == text || *end || number < 0 || number > 65535)
		argp_error(state, "--ready-fd wants the number of an open descriptor, not `%s'", text);
	options->ready_fd = (int)number;
}

static void parse_config(const char *text, struct argp_state *state, struct options *options)
{
	if (snprintf(options->config, sizeof(options->config), "%s", text) >= (int)sizeof(options->config))
		argp_error(state, "the path after --config is too long");
	options->is_config_named = true;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case OPTION_SOCKET:
		options->socket_flag = argument;
		return 0;
	case OPTION_DATA:
		options->data_flag = argument;
		return 0;
	case OPTION_CONFIG:
		parse_config(argument, state, options);
		return 0;
	case OPTION_READY_FD:
		parse_ready_fd(argument, state, options);
		return 0;
	case OPTION_LOG_LEVEL:
		options->log_level_flag = argument;
		return 0;
	case OPTION_CHECK_CONFIG:
		options->is_check_only = true;
		return 0;
	case OPTION_RESTORE:
		options->restore_path = argument;
		return 0;
	case OPTION_RESTORED:
		options->is_restored = true;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "unexpected argument `%s'", argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void print_version(FILE *stream, struct argp_state *state)
{
	(void)state;
	(void)fprintf(stream, "taskd %s\n", TASKCTL_VERSION);
}

static enum error apply_flags(const struct options *options, struct daemon_settings *settings, struct refusal *refusal)
{
	const struct {
		const char *flag, *name, *value;
	} flags[] = {
		{ "--socket", "socket", options->socket_flag },
		{ "--data", "data", options->data_flag },
		{ "--log-level", "log_level", options->log_level_flag },
	};
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < sizeof(flags) / sizeof(*flags); i++)
		if (flags[i].value)
			error = settings_set(
				daemon_settings_table, flags[i].flag, flags[i].name, flags[i].value, settings, refusal);
	return error;
}

enum error options_reload(const struct options *options, struct daemon_settings *ret_settings, struct refusal *refusal)
{
	enum error error = settings_load(
		daemon_settings_table, "TASKD_", options->config, !options->is_config_named, ret_settings, refusal);

	return error ? error : apply_flags(options, ret_settings, refusal);
}

/* What nobody named is where the XDG specification puts it. */
static enum error fill_places(struct options *options, struct refusal *refusal)
{
	struct daemon_settings *settings = &options->settings;
	char socket_path[PATH_MAX];
	struct places places;
	enum error error = ERROR_NONE;

	if (!settings->data) {
		error = places_find(&places, refusal);
		if (!error)
			error = settings_set(daemon_settings_table, "--data", "data", places.data, settings, refusal);
	}
	if (error || settings->socket)
		return error;
	places_find_socket(settings->data, socket_path);
	return settings_set(daemon_settings_table, "--socket", "socket", socket_path, settings, refusal);
}

/* The settings file: named by flag or environment, else at its usual place, where it may be missing. */
static void find_config(struct options *options)
{
	const char *variable = getenv("TASKD_CONFIG");
	struct places places;

	if (options->is_config_named)
		return;
	options->is_config_named = variable && *variable;
	if (options->is_config_named)
		(void)snprintf(options->config, sizeof(options->config), "%s", variable);
	else if (!places_find(&places, NULL))
		(void)snprintf(options->config, sizeof(options->config), "%s", places.config);
}

void options_parse(int argc, char **argv, struct options *ret_options)
{
	const struct argp argp = { .options = option_table,
		.parser = parse_option,
		.doc = "Serve accounts, tokens and tasks to taskctl on a Unix socket.\v"
		       "Settings come from flags, TASKD_* variables, and ~/.config/taskd/taskd.conf, in this order: "
		       "see "
		       "taskd.conf(5)." };
	struct refusal refusal = { 0 };

	*ret_options = (struct options){ .ready_fd = -1 };
	argp_program_version_hook = print_version;
	argp_err_exit_status = EXIT_USAGE;
	(void)argp_parse(&argp, argc, argv, 0, NULL, ret_options);
	find_config(ret_options);
	if (options_reload(ret_options, &ret_options->settings, &refusal) || fill_places(ret_options, &refusal)) {
		(void)fprintf(stderr, "taskd: %s\n", refusal.message);
		exit(EXIT_USAGE);
	}
}

void options_print(const struct options *options)
{
	char text[PATH_MAX];

	for (const struct setting *setting = daemon_settings_table; setting->name; setting++) {
		settings_format(setting, &options->settings, text, sizeof(text));
		(void)printf("%s = %s\n", setting->name, text);
	}
}

void options_deinit(struct options *options)
{
	settings_deinit(daemon_settings_table, &options->settings);
}
