package dev.memoryconsole.testing;

import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunPlan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs to be started, in batches of ten, that fall back on the simple enrichment. */
public final class Plans {
  private Plans() {}

  /** An upgrade without a model. */
  public static RunPlan upgrade(String store, List<String> ids) {
    return run(RunKind.UPGRADE, store, null, ids);
  }

  /** A run without a model; {@code ofRun} is what it takes back, if it is an undo. */
  public static RunPlan run(RunKind kind, String store, @Nullable Long ofRun, List<String> ids) {
    return new RunPlan(store, kind, "simple", 10, "FALLBACK", Set.of(), ofRun, ids);
  }
}
