@NullMarked
package dev.memoryconsole.app;

import org.jspecify.annotations.NullMarked;
