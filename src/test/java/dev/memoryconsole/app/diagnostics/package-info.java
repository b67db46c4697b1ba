@NullMarked
package dev.memoryconsole.app.diagnostics;

import org.jspecify.annotations.NullMarked;
