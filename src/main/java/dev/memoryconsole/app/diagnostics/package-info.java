/** What a report of a fault needs, without what is nobody else's business. */
@NullMarked
package dev.memoryconsole.app.diagnostics;

import org.jspecify.annotations.NullMarked;
