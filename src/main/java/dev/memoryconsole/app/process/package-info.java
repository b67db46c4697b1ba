/** What holds for the whole process from its first moment on. */
@NullMarked
package dev.memoryconsole.app.process;

import org.jspecify.annotations.NullMarked;
