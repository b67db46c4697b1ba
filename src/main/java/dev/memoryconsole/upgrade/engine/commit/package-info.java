/**
 * Phase 2: decides on rows, announces what will be written, and writes it under the store's lock.
 */
@NullMarked
package dev.memoryconsole.upgrade.engine.commit;

import org.jspecify.annotations.NullMarked;
