package dev.memoryconsole.lab;

import dev.memoryconsole.lock.figures.LockSummary;

/**
 * What a strategy did, and to the plugin.
 *
 * @param acquisitions how often the upgrade took the lock
 * @param holds how long it held it each time
 * @param writerWaits how long the plugin waited for the lock at each write, failed ones too
 * @param writes writes of the plugin that were acknowledged
 * @param failedWrites writes it gave up because it could not have the lock in time
 * @param lostWrites acknowledged writes that are not in the store at the end
 * @param elapsedMillis how long the upgrade took
 */
public record LabResult(
    Strategy strategy,
    long acquisitions,
    LockSummary.Quantiles holds,
    LockSummary.Quantiles writerWaits,
    long writes,
    long failedWrites,
    long lostWrites,
    long elapsedMillis) {}
