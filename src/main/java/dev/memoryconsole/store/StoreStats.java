package dev.memoryconsole.store;

import java.util.Map;

/**
 * Totals of a store. {@code total = legacy + upgraded + fallback}; rows that are never legacy
 * (reflections) count as upgraded.
 *
 * @param byCategory rows by the old category column; an absent one is the empty string
 * @param byScope rows by scope; an absent one is the empty string
 */
public record StoreStats(
    long total,
    long legacy,
    long upgraded,
    long fallback,
    Map<String, Long> byCategory,
    Map<String, Long> byScope) {}
