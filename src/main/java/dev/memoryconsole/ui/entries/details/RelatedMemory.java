package dev.memoryconsole.ui.entries.details;

import org.jspecify.annotations.Nullable;

/**
 * A memory that another one names.
 *
 * @param type how it is related, as {@link dev.memoryconsole.memory.Relation} has it
 * @param id its id
 * @param title the beginning of its text; null if the store has no such memory
 */
public record RelatedMemory(String type, String id, @Nullable String title) {}
