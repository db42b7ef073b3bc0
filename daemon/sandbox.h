/* What the process gives up: core dumps, new privileges, and every file but its own. */
#pragma once

/* First of all: umask, signals, no core dumps, not dumpable, no new privileges. */
void sandbox_harden(void);

struct sandbox_paths {
	const char *data_folder;        /* everything below may be read, written, made and removed */
	const char *socket_folder;      /* entries may be removed; NULL: none */
	const char *config_folder;      /* may be read; NULL: none */
	const char *credentials_folder; /* may be read; NULL: none */
};

/*
 * Close the file system to everything else, by Landlock, as far as the kernel offers it; before any thread starts.
 * A kernel without it is logged and no error: the unit's own sandbox stands beside this one.
 */
void sandbox_enter(const struct sandbox_paths *paths);
