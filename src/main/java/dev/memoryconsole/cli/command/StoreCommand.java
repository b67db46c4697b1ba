package dev.memoryconsole.cli.command;

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
      upgrades.store().remarks().forEach(remark -> err().println("memory-console: " + remark));
      if (writes()) {
        upgrades.store().doubt().ifPresent(doubt -> err().println("memory-console: " + doubt));
        err().flush();
      }
      return run(upgrades);
    } finally {
      out().flush();
    }
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
