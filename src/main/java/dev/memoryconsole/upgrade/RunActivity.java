package dev.memoryconsole.upgrade;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import org.jspecify.annotations.Nullable;

/** What a run that is at work is busy with. */
public sealed interface RunActivity {
  /** Enriching and committing. */
  record Working() implements RunActivity {}

  /**
   * Taking a snapshot of the store before it begins; nothing is written yet.
   *
   * @param share of the store that is copied, 0 to 1
   */
  record TakingSnapshot(double share) implements RunActivity {}

  /**
   * Everything is written; waiting and looking whether it stayed.
   *
   * @param cleanLooks how many looks in a row found everything in place
   * @param neededLooks how many there have to be
   */
  record Verifying(int cleanLooks, int neededLooks) implements RunActivity {}

  /**
   * Its part of a run that others work on too is done; what they have may still come back, because
   * they are stopped or vanish.
   */
  record WaitingForOthers() implements RunActivity {}

  /**
   * Paused because no memory can be enriched now; no entry is to blame.
   *
   * @param message why
   * @param until when it goes on by itself, milliseconds since 1970; null if only the admin can
   *     help
   */
  record WaitingForModel(Message message, @Nullable Long until) implements RunActivity {
    /** The message in English. */
    public String reason() {
      return Wording.ENGLISH.of(message);
    }
  }
}
