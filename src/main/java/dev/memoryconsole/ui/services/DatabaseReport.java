package dev.memoryconsole.ui.services;

import dev.memoryconsole.message.Message;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param version the server's
 * @param memories how many there are; -1 if there is no such table, and one can be made
 * @param isExact whether they were counted, and not estimated
 * @param refusal why the table can only be looked at; empty if it can be written
 */
public record DatabaseReport(
    String version, long memories, boolean isExact, Optional<Message> refusal) {
  /** Whether there is nothing where the table would be. */
  public boolean isMissing() {
    return memories < 0;
  }
}
