/* Options that several commands share, as argp tables, each ended by an empty row. */
#pragma once

#include <argp.h>

extern const struct argp_option option_group_filter[];       /* -f */
extern const struct argp_option option_group_reading[];      /* --all, --limit */
extern const struct argp_option option_group_confirming[];   /* --yes, --dry-run */
extern const struct argp_option option_group_trying[];       /* --dry-run alone */
extern const struct argp_option option_group_title[];        /* --title */
extern const struct argp_option option_group_fields[];       /* --project, --tag … */
extern const struct argp_option option_group_untag[];        /* --untag */
extern const struct argp_option option_group_email[];        /* --email */
extern const struct argp_option option_group_password[];     /* --password-stdin, --password-fd */
extern const struct argp_option option_group_session_name[]; /* --name, of a login */
extern const struct argp_option option_group_limit[];        /* --limit */
extern const struct argp_option option_group_certain[];      /* --yes, of what cannot be undone */
