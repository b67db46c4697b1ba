/**
 * What is done in a store beside the writing: adopting a table, deriving rows, indexing,
 * checkpoints.
 */
@NullMarked
package dev.memoryconsole.store.sqlite.upkeep;

import org.jspecify.annotations.NullMarked;
