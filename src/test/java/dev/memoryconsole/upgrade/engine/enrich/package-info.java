@NullMarked
package dev.memoryconsole.upgrade.engine.enrich;

import org.jspecify.annotations.NullMarked;
