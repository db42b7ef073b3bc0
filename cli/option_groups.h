/* Options that several commands share, as argp tables, each ended by an empty row. */
#pragma once

#include <argp.h>

extern const struct argp_option option_group_filter[];       /* -f */
extern const struct argp_option option_group_reading[];      /* --all, --limit */
extern const struct argp_option option_group_sort[];         /* --sort */
extern const struct argp_option option_group_confirming[];   /* --yes, --dry-run */
extern const struct argp_option option_group_dry_run[];      /* --dry-run alone, of a change */
extern const struct argp_option option_group_trying[];       /* the same of what adds */
extern const struct argp_option option_group_title[];        /* --title */
extern const struct argp_option option_group_fields[];       /* --project, --tag … */
extern const struct argp_option option_group_recurring[];    /* --recur … */
extern const struct argp_option option_group_untag[];        /* --untag */
extern const struct argp_option option_group_children[];     /* --with-children, --keep-children */
extern const struct argp_option option_group_email[];        /* --email */
extern const struct argp_option option_group_password[];     /* --password-stdin, --password-fd */
extern const struct argp_option option_group_session_name[]; /* --name, of a login */
extern const struct argp_option option_group_limit[];        /* --limit */
extern const struct argp_option option_group_export[];       /* --to, --all, --output */
extern const struct argp_option option_group_lines[];        /* --partial, --verbatim */
extern const struct argp_option option_group_import[];       /* --from, --partial … */
extern const struct argp_option option_group_svg[];          /* --svg */
extern const struct argp_option option_group_certain[];      /* --yes, of what cannot be undone */
