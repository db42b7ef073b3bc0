/* taskctl with a daemon of its own, and Taskwarrior's `task` with a folder of its own, about the same tasks. */
#pragma once

#include "bench/subject.h"

#define PEERS_TOKEN_SIZE 4096
#define PEERS_UUID_SIZE  37

struct peers {
	struct subject subject;
	char tasks[TEST_PATH_SIZE];    /* what both are to import: a file of Taskwarrior's */
	char exported[TEST_PATH_SIZE]; /* where an export may go */
	char home[TEST_PATH_SIZE + 32], data[TEST_PATH_SIZE + 32];
	char token[PEERS_TOKEN_SIZE];
	char peer_data[TEST_PATH_SIZE + 32], peer_settings[TEST_PATH_SIZE + 32];
	char *environment[6];
};

/* Neither has a task yet; the file has `count`. */
void peers_start(struct peers *peers, int count);
void peers_end(struct peers *peers);

/* The uuid of a task of the file: number 0 is the first. */
void peers_write_uuid(int number, char ret_uuid[PEERS_UUID_SIZE]);

/* Milliseconds of `taskctl` or of `task` with these words, from spawn to exit, what it prints going to a file. Ours
 * must succeed; -1: there is no `task`, or it fails. */
double peers_run_ours(const struct peers *peers, const char *const *words, const char *output);
double peers_run_theirs(const struct peers *peers, const char *const *words, const char *output);
