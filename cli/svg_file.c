/* A plain file: a picture is made again more easily than it is kept safe. */
#include "svg_file.h"

#include "file_write.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FILE_MODE 0644

static enum error refuse_file(const char *path, struct trouble *trouble)
{
	(void)trouble_set(trouble, ERROR_STORAGE, "cannot write %s: %s", path, strerror(errno));
	trouble_advise(trouble, "another place: --svg FILE, or --svg - for the standard output");
	return ERROR_STORAGE;
}

enum error svg_file_write(const struct invocation *invocation, const struct buffer *svg, struct trouble *trouble)
{
	const char *path = invocation->arguments.svg;
	bool is_stdout = strcmp(path, "-") == 0;
	int fd = is_stdout ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
	bool is_written;

	if (fd < 0)
		return refuse_file(path, trouble);
	is_written = file_write_all(fd, svg->data, svg->length);
	if (!is_stdout && close(fd))
		is_written = false;
	if (!is_written)
		return refuse_file(is_stdout ? "the standard output" : path, trouble);
	if (!is_stdout)
		report_say(invocation, "Wrote %s.", path);
	return ERROR_NONE;
}

enum error svg_file_write_bars(
	const struct invocation *invocation, const struct bar_chart *chart, struct trouble *trouble)
{
	struct buffer out;
	enum error error;

	buffer_init(&out);
	bar_chart_draw_svg(chart, &out);
	error = svg_file_write(invocation, &out, trouble);
	buffer_deinit(&out);
	return error;
}
