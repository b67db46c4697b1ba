package dev.memoryconsole.journal.lives;

import dev.memoryconsole.journal.RunRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process as the journal knows it.
 *
 * @param pid its process id, for the admin's eyes: in a namespace of its own it means another
 *     process there
 * @param startedAt when it started by the wall clock of that time, milliseconds since 1970
 * @param process its name among the processes that share the journal; null for one of a program
 *     that did not give itself any
 */
public record ProcessIdentity(long pid, long startedAt, @Nullable String process) {
  /** This process under its name. */
  static ProcessIdentity self(String process) {
    ProcessHandle self = ProcessHandle.current();
    return new ProcessIdentity(self.pid(), startOf(self), process);
  }

  /** What others need to know of it. */
  public RunRecord.Owner asOwner() {
    return new RunRecord.Owner(pid, isSelf());
  }

  /** Whether this is the process that asks. */
  public boolean isSelf() {
    String name = process;
    return name != null && ProcessLives.isOwn(name);
  }

  /**
   * Whether a process without a name may be there still. The wall clock may have been set since it
   * wrote down when it started, so another start is no proof that it is gone: only a process that
   * is no Java program is.
   */
  boolean mayBeAlive() {
    if (pid == ProcessHandle.current().pid()) {
      // This program gives itself a name.
      return false;
    }
    Optional<ProcessHandle> there = ProcessHandle.of(pid);
    return there.isPresent()
        && there.get().isAlive()
        && (startOf(there.get()) == startedAt || mayBeOurs(there.get()));
  }

  private static boolean mayBeOurs(ProcessHandle there) {
    return there
        .info()
        .command()
        .map(command -> command.toLowerCase(Locale.ROOT))
        .map(command -> command.contains("java") || command.contains("memory-console"))
        .orElse(true);
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
