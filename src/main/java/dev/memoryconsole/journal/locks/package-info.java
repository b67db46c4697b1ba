/** The history of a store's lock: acquisitions one by one, then figures of ever longer spans. */
@NullMarked
package dev.memoryconsole.journal.locks;

import org.jspecify.annotations.NullMarked;
