package dev.memoryconsole.ui.services;

import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.upgrade.pace.Batching;
import org.jspecify.annotations.Nullable;

/**
 * How runs take a store's lock, and what is recorded of it.
 *
 * @param batching how large batches are
 * @param commit how memories are written; by compare-and-swap only where the store can
 * @param recorded whether acquisitions are recorded
 * @param metricsPort where figures for Prometheus are served to this machine, 1 to 65535; null for
 *     nowhere
 */
public record LockRules(
    Batching batching, CommitMode commit, boolean recorded, @Nullable Integer metricsPort) {}
