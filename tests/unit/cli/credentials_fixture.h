/* A folder of our own, with a file of credentials that tests write and read. */
#pragma once

#include "testing.h"

#include "cli/credentials.h"

#include <sys/types.h>

/* That of the credentials is in the base, and not yet made. */
struct fixture {
	char base[64];
	char folder[128];
	char file[192];
};

int credentials_set_up(void **state);
int credentials_tear_down(void **state);

/* A file in which ann alone is logged in. */
extern const char one_profile[];

/* Two that have nothing in common. */
extern const struct profile ann;
extern const struct profile bob;

/* The file as it stands, whatever is in it. */
void write_file(const struct fixture *fixture, const char *text, size_t length, mode_t mode);
void write_text(const struct fixture *fixture, const char *text);

bool is_there(const struct fixture *fixture, const char *name);
size_t count_files(const struct fixture *fixture);

/* One whole edit. */
enum error put(const struct fixture *fixture, const struct profile *profile);
enum error read_error(const struct fixture *fixture, struct trouble *trouble);
void expect_active(const struct credentials *credentials, const char *email);
