package dev.memoryconsole.cli.command.lock;

import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.upgrade.Upgrades;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console break-lock STORE}. */
@Command(
    name = "break-lock",
    description = {
      "Breaks the lock of a program that died while it held the store's lock: removes its lock"
          + " file,",
      "or its key in Redis after watching for some time that it is not renewed.",
      "Refuses while the holder gives signs of life. Programs that use the store take an abandoned",
      "lock over by themselves; this is for when none does. What the risk is: a holder that only",
      "stood still, and does not look at the lock before it writes, may then write at the same"
          + " time",
      "as another one, and one of the two writes is lost."
    })
public final class BreakLockCommand extends StoreCommand {
  @Option(names = "--yes", description = "Do it; without this nothing is changed.")
  private boolean yes;

  @Override
  protected int run(Upgrades upgrades) throws InterruptedException {
    if (!yes) {
      String state = upgrades.lockCondition().map(LockText::condition).orElse("not held");
      throw usage(
          "The lock is "
              + state
              + "; nothing was changed. Add --yes to break it, after reading about the risk in"
              + " --help.");
    }
    LockCondition broken = upgrades.breakLock();
    if (isJson()) {
      print(LockJson.condition(broken).put("broken", true));
    } else {
      say("The lock was %s. It is broken, and that is recorded.", LockText.condition(broken));
    }
    return ExitCode.DONE;
  }
}
