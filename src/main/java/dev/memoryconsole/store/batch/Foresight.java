package dev.memoryconsole.store.batch;

/**
 * What a store found out about a write before its lock was held ({@link
 * dev.memoryconsole.store.MemoryStore#foresee}). Only the store that made it knows what it is.
 */
public interface Foresight {}
