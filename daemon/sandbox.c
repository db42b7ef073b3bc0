/* Landlock (landlock(7)), by its three system calls: glibc 2.36 has no wrappers. */
#include "sandbox.h"

#include "common/cleanup.h"
#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that Debian 12's header does not know yet; masked below by what the kernel's ABI has. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (UINT64_C(1) << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14)
#endif

#define RIGHTS_READ      (UINT64_C(0) | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RIGHTS_READ_FILE (UINT64_C(0) | LANDLOCK_ACCESS_FS_READ_FILE)
#define RIGHTS_REMOVE    (UINT64_C(0) | LANDLOCK_ACCESS_FS_REMOVE_FILE)
#define RIGHTS_OWN                                                                                                     \
	(RIGHTS_READ | RIGHTS_REMOVE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |                   \
		LANDLOCK_ACCESS_FS_TRUNCATE)
#define RIGHTS_ABI_1 ((UINT64_C(1) << 13) - 1)

static void ignore_signal(int number)
{
	struct sigaction action = { .sa_handler = SIG_IGN };

	(void)sigaction(number, &action, NULL);
}

void sandbox_harden(void)
{
	const struct rlimit none = { 0, 0 };

	(void)umask(077);
	ignore_signal(SIGPIPE);
	ignore_signal(SIGXFSZ); /* a file size limit then shows as EFBIG, and the request gets its error */
	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__ /* LeakSanitizer attaches to its own process */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* All rights that this kernel can withhold; 0: no Landlock. */
static uint64_t rights_of_kernel(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	if (abi < 1)
		return 0;
	return RIGHTS_ABI_1 | (abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0) | (abi >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
}

/* A path that is not there needs no rule. */
static void allow(int ruleset, const char *path, uint64_t rights)
{
	AUTO_CLOSE int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = fd };
	struct stat found;

	if (fd < 0 || fstat(fd, &found))
		return;
	if (!S_ISDIR(found.st_mode))
		rule.allowed_access &= RIGHTS_READ_FILE;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
		log_warning("sandbox: no rule for %s: %s", path, strerror(errno));
}

void sandbox_enter(const struct sandbox_paths *paths)
{
	struct landlock_ruleset_attr attributes = { .handled_access_fs = rights_of_kernel() };
	uint64_t handled = attributes.handled_access_fs;
	const struct {
		const char *path;
		uint64_t rights;
	} rules[] = {
		{ paths->data_folder, RIGHTS_OWN },
		{ paths->socket_folder, RIGHTS_REMOVE },
		{ paths->config_folder, RIGHTS_READ },
		{ paths->credentials_folder, RIGHTS_READ },
		{ "/usr/share/zoneinfo", RIGHTS_READ },
		{ "/etc/localtime", RIGHTS_READ_FILE },
		{ "/etc/timezone", RIGHTS_READ_FILE },
		{ "/dev/urandom", RIGHTS_READ_FILE },
		{ "/proc/self", RIGHTS_READ },
	};
	AUTO_CLOSE int ruleset = -1;

	if (handled)
		ruleset =
			(int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes.handled_access_fs), 0);
	if (ruleset < 0) {
		log_debug("sandbox: this kernel offers no Landlock");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		allow(ruleset, rules[i].path, rules[i].rights & handled);
	if (syscall(SYS_landlock_restrict_self, ruleset, 0))
		log_warning("sandbox: not entered: %s", strerror(errno));
}
