package dev.memoryconsole.cli;

import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console break-lock STORE}. */
@Command(
    name = "break-lock",
    description = {
      "Removes the lock file of a program that died while it held the store's lock.",
      "Refuses while the holder gives signs of life. Programs that use the store take an abandoned",
      "lock over by themselves; this is for when none does. What the risk is: a holder that only",
      "stood still, and does not look at the lock before it writes, may then write at the same"
          + " time",
      "as another one, and one of the two writes is lost."
    })
final class BreakLockCommand extends StoreCommand {
  private static final double MILLIS_PER_SECOND = 1_000;

  @Option(names = "--yes", description = "Do it; without this nothing is changed.")
  private boolean yes;

  @Override
  int run(Upgrades upgrades) throws InterruptedException {
    if (!yes) {
      String state = upgrades.lockCondition().map(BreakLockCommand::words).orElse("not held");
      throw usage(
          "The lock is "
              + state
              + "; nothing was changed. Add --yes to break it, after reading about the risk in"
              + " --help.");
    }
    LockCondition broken = upgrades.breakLock();
    if (isJson()) {
      print(
          Json.object()
              .put("broken", true)
              .put("held_ms", broken.heldFor().toMillis())
              .put("silence_ms", broken.silence().toMillis()));
    } else {
      out().printf("The lock was %s. It is broken, and that is recorded.%n", words(broken));
    }
    return MemoryConsole.DONE;
  }

  private static String words(LockCondition condition) {
    return condition.isAhead()
        ? "held for %s, last sign of life dated %s in the future and unchanged for %s, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.ahead()),
                seconds(condition.silence()),
                seconds(condition.stale()))
        : "held for %s, last sign of life %s ago, stale at %s"
            .formatted(
                seconds(condition.heldFor()),
                seconds(condition.silence()),
                seconds(condition.stale()));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / MILLIS_PER_SECOND);
  }
}
