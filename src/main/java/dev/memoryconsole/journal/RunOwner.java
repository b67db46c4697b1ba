package dev.memoryconsole.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * The process at work on a run.
 *
 * @param pid its process id
 * @param startedAt when it started, milliseconds since 1970: a process id is reused in time,
 *     together with its start it is not
 */
public record RunOwner(long pid, long startedAt) {
  private static final RunOwner SELF = of(ProcessHandle.current());

  /** This process. */
  public static RunOwner self() {
    return SELF;
  }

  /** Whether this is the process that asks. */
  public boolean isSelf() {
    return equals(SELF);
  }

  /** Whether that process is still there. */
  public boolean isAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && process.get().isAlive() && equals(of(process.get()));
  }

  private static RunOwner of(ProcessHandle process) {
    return new RunOwner(
        process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }
}
