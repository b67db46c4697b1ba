package dev.memoryconsole.store.batch;

import dev.memoryconsole.lock.LockAcquisition;
import java.util.Map;

/**
 * The answer to a batch.
 *
 * @param results one result for each id that was asked for, in that order
 * @param lock the acquisition it took
 */
public record PatchReport(Map<String, PatchResult> results, LockAcquisition lock) {}
