/* taskd: serve accounts, tokens and tasks on a Unix socket. */
#include "auth/secret.h"
#include "common/log.h"
#include "common/wire.h"
#include "daemon.h"
#include "restore.h"
#include "sandbox.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Requests carry passwords and tokens, and jansson frees its copies of them: nothing of them stays behind. */
static void free_wiped(void *pointer)
{
	if (pointer)
		explicit_bzero(pointer, malloc_usable_size(pointer));
	free(pointer);
}

int main(int argc, char **argv)
{
	struct options options;
	int status = EXIT_SUCCESS;

	sandbox_harden();
	log_init("taskd", LOG_LEVEL_INFO);
	json_set_alloc_funcs(malloc, free_wiped);
	options_parse(argc, argv, &options);
	if (options.is_check_only) {
		options_print(&options);
	} else if (!secret_init()) {
		log_error("cannot start: libsodium could not be initialised");
		status = DAEMON_EXIT_CANNOT_START;
	} else {
		wire_init();
		status = options.restore_path ? restore_run(&options) : daemon_run(&options);
	}
	options_deinit(&options);
	return status;
}
