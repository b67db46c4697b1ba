@NullMarked
package dev.memoryconsole.metrics;

import org.jspecify.annotations.NullMarked;
