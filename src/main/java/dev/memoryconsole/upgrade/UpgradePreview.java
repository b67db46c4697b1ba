package dev.memoryconsole.upgrade;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.util.List;

/**
 * What an upgrade would do to one entry, nothing written.
 *
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param outcome the outcome to expect
 * @param message what the admin should know; empty if there is nothing to say
 * @param diff the keys that would change; empty if nothing would be written
 */
public record UpgradePreview(
    String id, String title, EntryState outcome, Message message, List<KeyDiff> diff) {
  /** An entry that a run under these conditions leaves out. */
  public static UpgradePreview skipped(MemoryEntry entry, Preconditions preconditions) {
    return new UpgradePreview(
        entry.id(),
        Titles.of(entry.text()),
        EntryState.SKIPPED,
        preconditions.refusal(entry).orElse(Message.NONE),
        List.of());
  }

  /** The message in English; empty if there is nothing to say. */
  public String reason() {
    return Wording.ENGLISH.of(message);
  }
}
