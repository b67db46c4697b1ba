package dev.memoryconsole.diff;

import dev.memoryconsole.memory.ColumnValues;
import org.jspecify.annotations.Nullable;

/**
 * What a write found and what it left.
 *
 * @param seen the metadata when the run began with the row; the same as {@code before} unless
 *     somebody else wrote meanwhile
 * @param before the metadata just before the write; null if there was none
 * @param written the metadata that was written; null if none was left
 * @param columnsBefore columns beside the metadata before the write, if it changed any
 * @param columnsWritten what it wrote into them
 */
public record WrittenRow(
    @Nullable String seen,
    @Nullable String before,
    @Nullable String written,
    ColumnValues columnsBefore,
    ColumnValues columnsWritten) {}
