/** Phase 1: from a memory's text to its three layers. */
@NullMarked
package dev.memoryconsole.enrich;

import org.jspecify.annotations.NullMarked;
