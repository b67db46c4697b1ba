package dev.memoryconsole.journal;

import org.jspecify.annotations.Nullable;

/**
 * What a run that is a restore is about.
 *
 * @param snapshot the name of the snapshot that it brings back
 * @param safetyCopy the name of the snapshot that holds what was there before; null if nothing has
 *     taken effect so far, or, of a run that is over, at all
 */
public record Restore(String snapshot, @Nullable String safetyCopy) {}
