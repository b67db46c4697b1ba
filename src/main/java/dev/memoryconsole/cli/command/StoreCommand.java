package dev.memoryconsole.cli.command;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.upgrade.Upgrades;
import org.jspecify.annotations.Nullable;

/** Commands that open the store. */
public abstract class StoreCommand extends StoreArguments {
  @Override
  public final Integer call() throws Exception {
    Integer done = withoutStore();
    if (done != null) {
      out().flush();
      return done;
    }
    try (Upgrades upgrades = open(parent().services());
        Services.Metrics _ = metrics(upgrades)) {
      upgrades.store().remarks().forEach(this::warn);
      if (writes()) {
        upgrades.store().doubt().ifPresent(this::warn);
        err().flush();
      }
      return run(upgrades);
    } finally {
      out().flush();
    }
  }

  private void warn(Message message) {
    warn("%s", Wording.ENGLISH.of(message));
  }

  /** A refusal in the command line's own words. */
  protected static StoreException refused(String sentence) {
    return new StoreException(Message.verbatim(sentence));
  }

  /** The refusal of a run that is not there. */
  protected final StoreException noRun(long run) {
    return refused("There is no run " + run + " of " + store() + " in this workspace.");
  }

  /** Does what needs no store, and answers the exit code; null to go on with the store. */
  protected @Nullable Integer withoutStore() throws Exception {
    return null;
  }

  /** Opens the store; a command that may make one overrides this. */
  protected Upgrades open(Services services) throws InterruptedException {
    return services.open(store(), parent().workspace());
  }

  /** Whether it writes memories that others may be writing; a command that does overrides this. */
  protected boolean writes() {
    return false;
  }

  /** What is served to machines meanwhile; a command that takes long overrides this. */
  protected Services.Metrics metrics(Upgrades upgrades) {
    return () -> {};
  }

  /** Does the work; answers the exit code. */
  protected abstract int run(Upgrades upgrades) throws Exception;
}
