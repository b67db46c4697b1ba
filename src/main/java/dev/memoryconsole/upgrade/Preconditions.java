package dev.memoryconsole.upgrade;

import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a row may be upgraded by a run, apart from its text: the table of src/docs/merge.md.
 *
 * @param kind a retry also takes rows that fell back; only a run that is there for them takes all
 *     that look upgraded and probably never were
 * @param scopes the chosen scopes; empty for all
 */
public record Preconditions(RunKind kind, Set<String> scopes) {
  /**
   * Whether a row is in none of the chosen scopes. One without a scope is in the empty one.
   *
   * @param scopes empty for all
   */
  public static boolean isOutside(MemoryEntry row, Set<String> scopes) {
    String scope = row.scope();
    return !scopes.isEmpty() && !scopes.contains(scope == null ? "" : scope);
  }

  /** Why this row is to be skipped; empty if it is not. */
  public Optional<Message> refusal(MemoryEntry row) {
    if (isOutside(row, scopes)) {
      return Optional.of(UpgradeCode.OUTSIDE_SCOPES.with());
    }
    LegacyRule.Traits traits = LegacyRule.traitsOf(row.id(), row.category(), row.metadata());
    if (traits.state() == MemoryState.CORPUS) {
      return Optional.of(UpgradeCode.OF_CORPUS.with());
    }
    boolean retry = kind != RunKind.UPGRADE && traits.retryable();
    boolean stamped = kind == RunKind.STAMPED && traits.stamped();
    // An agent that patches a legacy memory while a run enriches it stamps it, no more.
    boolean open =
        traits.state() == MemoryState.LEGACY
            || retry
            || stamped
            || LegacyRule.isStampedByPlugin(row);
    return open ? Optional.empty() : Optional.of(UpgradeCode.ALREADY_UPGRADED.with());
  }
}
