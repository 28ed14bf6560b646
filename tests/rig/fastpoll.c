/* LD_PRELOAD shim for the pcscd of the tests: its 400 ms status poll becomes FASTPOLL_US microseconds.
 * Only drivers without an event source, such as vpcd, are polled: a USB reader wakes pcscd by itself. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int nanosleep(const struct timespec *asked, struct timespec *left)
{
    const char *us = getenv("FASTPOLL_US");
    struct timespec sleep = *asked;

    if (us && sleep.tv_sec == 0 && sleep.tv_nsec == 400000000L)
        sleep.tv_nsec = atol(us) * 1000L;
    return syscall(SYS_clock_nanosleep, CLOCK_REALTIME, 0, &sleep, left) ? -1 : 0;
}
