@NullMarked
package dev.memoryconsole.bench.memory;

import org.jspecify.annotations.NullMarked;
