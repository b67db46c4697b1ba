package dev.memoryconsole.lock;

/** Who holds, held or asks for a store's lock, as far as it is known. */
public sealed interface LockHolder {
  /**
   * A run of this process.
   *
   * @param run the run, counted from 1
   * @param batch the batch in that run, counted from 1; 0 for all of them
   */
  record OurRun(long run, int batch) implements LockHolder {}

  /** Another operation of this process: an import, a restore, the indexer. */
  record OurOperation(LockPurpose.Kind kind) implements LockHolder {}

  /**
   * Another Memory Console, which wrote its acquisitions into the journal that is shared.
   *
   * @param pid its process id
   */
  record OtherConsole(long pid) implements LockHolder {}

  /**
   * Another program: an agent.
   *
   * @param pid its process id; 0 if it can't be told
   * @param program the name of what it runs; empty if it can't be told
   */
  record Foreign(long pid, String program) implements LockHolder {
    /** Somebody who can't be told. */
    public static final Foreign UNKNOWN = new Foreign(0, "");
  }

  /** Who of this process asks for such a purpose. */
  static LockHolder ours(LockPurpose purpose) {
    return purpose.run() == 0
        ? new OurOperation(purpose.kind())
        : new OurRun(purpose.run(), purpose.batch());
  }

  /** The holder without what changes from one acquisition to the next: one lane of a timeline. */
  default LockHolder lane() {
    return switch (this) {
      case OurRun ours -> ours.batch() == 0 ? ours : new OurRun(ours.run(), 0);
      case OurOperation operation -> operation;
      case OtherConsole other -> other;
      case Foreign foreign -> foreign;
    };
  }

  /** Whether this process holds it. */
  default boolean isOurs() {
    return switch (this) {
      case OurRun _, OurOperation _ -> true;
      case OtherConsole _, Foreign _ -> false;
    };
  }

  /** Whether a program that is no Memory Console holds it. */
  default boolean isForeign() {
    return this instanceof Foreign;
  }
}
