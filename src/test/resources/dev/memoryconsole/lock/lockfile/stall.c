/*
 * Lets a process stand still just before it gives its n-th sign of life in a lock directory: it
 * makes the file STALL_AT_FILE.reached and goes on when the file STALL_AT_FILE is gone.
 * Built with cc -shared -fPIC -ldl, used through LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int signs;

static void stall(void) {
  const char *file = getenv("STALL_AT_FILE");
  const char *nth = getenv("STALL_AT_SIGN");
  char reached[4096];
  if (file == NULL || nth == NULL || ++signs != atoi(nth)) return;
  snprintf(reached, sizeof reached, "%s.reached", file);
  close(open(reached, O_CREAT | O_WRONLY, 0600));
  while (access(file, F_OK) == 0) usleep(10000);
}

static int is_lock(const char *path) { return path != NULL && strstr(path, ".lock") != NULL; }

static int is_lock_handle(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_lock(path);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags) {
  int (*real)(int, const char *, const struct timespec *, int) = dlsym(RTLD_NEXT, "utimensat");
  if (is_lock(path)) stall();
  return real(dir, path, times, flags);
}

int futimens(int fd, const struct timespec times[2]) {
  int (*real)(int, const struct timespec *) = dlsym(RTLD_NEXT, "futimens");
  if (is_lock_handle(fd)) stall();
  return real(fd, times);
}
