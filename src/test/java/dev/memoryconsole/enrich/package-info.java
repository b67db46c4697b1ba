@NullMarked
package dev.memoryconsole.enrich;

import org.jspecify.annotations.NullMarked;
