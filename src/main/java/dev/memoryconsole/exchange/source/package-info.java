/**
 * Reading memories out of files: which encoding, where in the JSON they stand, whose format it is,
 * and how another tool's fields become ours. Knows no store.
 */
@NullMarked
package dev.memoryconsole.exchange.source;

import org.jspecify.annotations.NullMarked;
