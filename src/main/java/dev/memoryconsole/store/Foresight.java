package dev.memoryconsole.store;

/**
 * What a store found out about a write before its lock was held ({@link MemoryStore#foresee}). Only
 * the store that made it knows what it is.
 */
public interface Foresight {}
