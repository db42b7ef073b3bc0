/* Recording what a method did, with the change itself. */
#pragma once

#include "rpc/request.h"
#include "store/audit_store.h"

/* Of this account, by the peer who asked. `detail` holds no secret and nobody's email; NULL: nothing more. */
enum error audit_record(struct request *request, int64_t account_id, enum audit_event event, const char *detail);

/* Write the failed logins that were noted in memory. */
enum error audit_write_failures(struct request *request);

/* One entry as an object. */
void audit_write_entry(struct json_writer *writer, const struct audit_entry *entry);

/* Entries as {"entries":[…],"next_cursor":…}: a whole result. */
enum error audit_write_page(struct request *request, int64_t account_id, int64_t before_id, int64_t limit);
