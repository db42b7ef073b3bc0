/* What most tests begin with: a daemon of their own, a client, and somebody who is logged in. */
#pragma once

#include "harness/line_client.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

struct scene {
	struct test_daemon daemon;
	struct line_client client;
	struct person ann;
};

/* `start` as for test_daemon_start. Stopping well is one more check. */
void scene_open(struct scene *scene, const struct test_daemon_start *start);
void scene_close(struct scene *scene);

/* Group fixtures: the usual one for all tests of a program, in *state. */
int scene_setup(void **state);
int scene_teardown(void **state);
