/* The groups of figures. Each starts what it needs and ends it. */
#pragma once

#include "bench/report.h"

struct bench {
	struct report report;
	int rounds; /* whose median counts */
};

/* account.me beside an echo server. */
void bench_account_me(struct bench *bench);

/* task.add beside bare SQLite. */
void bench_task_add(struct bench *bench);

/* task.list beside a server that builds a tree. */
void bench_task_list(struct bench *bench);

/* Whole commands beside /bin/true. */
void bench_commands(struct bench *bench);

/* Resident memory, and how long others wait while 64 people log in. */
void bench_memory(struct bench *bench);

/* What the time of a failed login tells of why it failed. */
void bench_login_timing(struct bench *bench);

/* What 100 000 tasks cost beside 100: the start, adding, completing, listing. */
void bench_size(struct bench *bench);
