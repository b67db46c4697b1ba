/** Phase 1: makes entries ready to be committed, with no lock held. */
@NullMarked
package dev.memoryconsole.upgrade.engine.enrich;

import org.jspecify.annotations.NullMarked;
