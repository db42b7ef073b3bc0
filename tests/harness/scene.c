/* Open and close. */
#include "harness/scene.h"

#include "common/memory.h"

void scene_open(struct scene *scene, const struct test_daemon_start *start)
{
	*scene = (struct scene){ .client.fd = -1 };
	test_daemon_init(&scene->daemon);
	test_daemon_start(&scene->daemon, start);
	line_client_open(&scene->client, scene->daemon.socket);
	person_join_new(&scene->ann, &scene->client);
}

void scene_close(struct scene *scene)
{
	line_client_close(&scene->client);
	person_deinit(&scene->ann);
	test_daemon_stop(&scene->daemon);
	test_daemon_deinit(&scene->daemon);
}

int scene_setup(void **state)
{
	struct scene *scene = memory_array(1, sizeof(*scene));

	*state = scene;
	scene_open(scene, NULL);
	return 0;
}

int scene_teardown(void **state)
{
	scene_close(*state);
	free(*state);
	return 0;
}
