package dev.memoryconsole.upgrade;

import java.nio.file.Path;

/**
 * A restore to be made.
 *
 * @param snapshot the file of the snapshot that is brought back
 * @param name what that snapshot is called
 * @param safetyCopy where the snapshot of the state before is kept; there is no such file yet
 * @param safetyCopyName what that one is called
 */
public record RestorePlan(Path snapshot, String name, Path safetyCopy, String safetyCopyName) {}
