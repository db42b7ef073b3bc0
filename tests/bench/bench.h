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

/* Changes of 10 000 tasks beside 500, and how long others wait meanwhile. */
void bench_bulk(struct bench *bench);

/* Searching among 1 000 and 100 000 tasks, and among a million. */
void bench_search(struct bench *bench);
void bench_search_million(struct bench *bench);

/* What 100 000 tasks cost beside 100: the start, adding, completing, listing. */
void bench_size(struct bench *bench);

/* The first page by urgency, of 1 000 to 1 000 000 tasks. */
void bench_urgency(struct bench *bench);

/* The usual calls among 100 000 tasks, and among a million, beside 1 000. */
void bench_scale(struct bench *bench);
void bench_scale_million(struct bench *bench);

/* The numbers behind pictures, of 100 000 tasks. */
void bench_charts(struct bench *bench);

/* A thousand series that are due at once. */
void bench_series(struct bench *bench);

/* 100 000 tasks in and out, beside Taskwarrior where that is installed. */
void bench_trade(struct bench *bench);

/* Commands beside Taskwarrior's, which must be installed. */
void bench_beside_task(struct bench *bench);

/* What a shell asks at each press of the Tab key, among 100 000 tasks. */
void bench_completion(struct bench *bench);
