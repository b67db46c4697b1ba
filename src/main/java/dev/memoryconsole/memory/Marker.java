package dev.memoryconsole.memory;

import org.jspecify.annotations.Nullable;

/**
 * The trace an upgrade leaves in the metadata.
 *
 * @param upgradedAt when it was written, milliseconds since 1970
 * @param upgradedBy {@value #SIMPLE}, or {@code llm:<model>}
 * @param upgradeError why the simple enrichment stood in for the model, one line; null if it did
 *     not
 */
public record Marker(long upgradedAt, String upgradedBy, @Nullable String upgradeError) {
  /** The value of {@code upgraded_by} for the simple enrichment. */
  public static final String SIMPLE = "simple";
}
