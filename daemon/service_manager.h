/* The service manager's protocols: readiness, watchdog, handed-over sockets (sd_notify(3), sd_listen_fds(3)). */
#pragma once

#include <stdint.h>

/* Tell NOTIFY_SOCKET, if there is one: "READY=1", "STOPPING=1", "WATCHDOG=1". Trouble is only logged. */
void service_manager_notify(const char *state);
/* RELOADING=1 with the time that Type=notify-reload wants; "READY=1" must follow. */
void service_manager_notify_reloading(void);

/* How often "WATCHDOG=1" is due, in milliseconds (half of WATCHDOG_USEC); 0: nobody waits for it. */
int64_t service_manager_watchdog_interval_ms(void);

/*
 * The listening socket that was handed over, close-on-exec; -1: none was; -2: something else was, which is an error
 * (logged). The variables are taken out of the environment.
 */
#define SERVICE_MANAGER_NO_SOCKET  (-1)
#define SERVICE_MANAGER_BAD_SOCKET (-2)
int service_manager_take_socket(void);
