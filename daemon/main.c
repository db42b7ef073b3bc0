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

#define HEAP_KEPT_BYTES  (4 * 1024 * 1024)
#define HEAP_BLOCK_BYTES (1024 * 1024)

/* Requests carry passwords and tokens, and jansson frees its copies of them: nothing of them stays behind. */
static void free_wiped(void *pointer)
{
	if (pointer)
		explicit_bzero(pointer, malloc_usable_size(pointer));
	free(pointer);
}

/*
 * A turn of the loop takes and frees the room of its replies: the heap keeps so much instead of asking the kernel for
 * it in each turn, which is 7 % of a list. What is larger than a block goes back at once.
 */
static void tune_heap(void)
{
	(void)mallopt(M_TRIM_THRESHOLD, HEAP_KEPT_BYTES);
	(void)mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK_BYTES);
}

int main(int argc, char **argv)
{
	struct options options;
	int status = EXIT_SUCCESS;

	sandbox_harden();
	tune_heap();
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
