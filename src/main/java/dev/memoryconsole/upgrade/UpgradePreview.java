package dev.memoryconsole.upgrade;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.journal.EntryState;
import java.util.List;

/**
 * What an upgrade would do to one entry, nothing written.
 *
 * @param id the memory's id
 * @param title the beginning of its text, one line
 * @param outcome the outcome to expect
 * @param reason one sentence; empty if there is nothing to say
 * @param diff the keys that would change; empty if nothing would be written
 */
public record UpgradePreview(
    String id, String title, EntryState outcome, String reason, List<KeyDiff> diff) {}
