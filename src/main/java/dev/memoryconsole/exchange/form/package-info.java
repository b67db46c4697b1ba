/** One memory as JSON, as a line of a table, and as text to be pasted. */
@NullMarked
package dev.memoryconsole.exchange.form;

import org.jspecify.annotations.NullMarked;
