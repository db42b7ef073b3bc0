/* taskctl: accounts and tasks from the command line. */
#include "command.h"

#include <fcntl.h>
#include <unistd.h>

/*
 * A descriptor that was closed for us would be taken by a socket, and a message would go to the daemon. What stands in
 * its place works in the other direction only, so that reading or writing still fails.
 */
static void fill_standard_descriptors(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/dev/null", modes[fd]);
}

int main(int argc, char **argv)
{
	fill_standard_descriptors();
	return command_run(argc, argv);
}
