/* taskctl: accounts and tasks from the command line. */
#include "command.h"

#include <fcntl.h>
#include <unistd.h>

/* A descriptor that was closed for us would be taken by a socket, and a message would go to the daemon. */
static void fill_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		(void)close(fd);
}

int main(int argc, char **argv)
{
	fill_standard_descriptors();
	return command_run(argc, argv);
}
