/* The names of all zones that this machine knows, for "did you mean". */
#pragma once

struct zone_names;

/* From tzdata.zi in the folder (zic(8)'s language); empty when it is not there. */
struct zone_names *zone_names_read(const char *folder);
void zone_names_free(struct zone_names *names);

/* The name that was probably meant: by a slip of the fingers, by other case, or by the city alone. NULL: none. */
const char *zone_names_nearest(const struct zone_names *names, const char *name);
