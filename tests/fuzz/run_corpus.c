/* Run each file of the corpus folders named as arguments through a fuzz target once, without a fuzzer. */
#include "common/buffer.h"
#include "common/cleanup.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int read_file(const char *path, struct buffer *out)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	size_t count = 1;

	while (file && count > 0) {
		count = fread(buffer_reserve(out, 4096), 1, 4096, file);
		out->length += count;
	}
	return file && !ferror(file) ? 0 : -1;
}

/* The bytes go over in memory of exactly their size, so that a read beyond them is seen. */
static void run_bytes(const struct buffer *content)
{
	struct buffer exact;

	buffer_init(&exact);
	buffer_append(&exact, content->data, content->length);
	buffer_shrink(&exact, content->length);
	(void)LLVMFuzzerTestOneInput((const uint8_t *)exact.data, exact.length);
	buffer_deinit(&exact);
}

static int run_file(const char *folder, const char *name)
{
	struct buffer path;
	struct buffer content;
	int status;

	buffer_init(&path);
	buffer_init(&content);
	buffer_printf(&path, "%s/%s", folder, name);
	status = read_file(buffer_text(&path), &content);
	if (status == 0)
		run_bytes(&content);
	else
		perror(buffer_text(&path));
	buffer_deinit(&path);
	buffer_deinit(&content);
	return status;
}

/* How many files were run, or -1. */
static int run_folder(const char *folder)
{
	DIR *stream = opendir(folder);
	int count = 0;

	if (!stream) {
		perror(folder);
		return -1;
	}
	for (const struct dirent *entry = readdir(stream); entry && count >= 0; entry = readdir(stream)) {
		if (entry->d_name[0] != '.')
			count = run_file(folder, entry->d_name) == 0 ? count + 1 : -1;
	}
	(void)closedir(stream);
	return count;
}

int main(int argc, char **argv)
{
	int failures = argc < 2;

	for (int i = 1; i < argc; i++) {
		int count = run_folder(argv[i]);

		printf("%s: %d files\n", argv[i], count);
		failures += count <= 0;
	}
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
