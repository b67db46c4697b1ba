/** The composition root: builds everything, owns what must be shut down. Nobody depends on it. */
@NullMarked
package dev.memoryconsole.app;

import org.jspecify.annotations.NullMarked;
