package dev.memoryconsole.ui.services;

/**
 * How snapshots are taken and kept.
 *
 * @param beforeRuns whether one is taken before each run
 * @param kept how many of each store are kept, at least 1
 * @param gigabytes how many GiB those of all stores may take together, at least 1
 */
public record SnapshotRules(boolean beforeRuns, int kept, int gigabytes) {}
