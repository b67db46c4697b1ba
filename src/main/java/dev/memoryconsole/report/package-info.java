/** What became of a run, as a file to keep or to pass on: a page to read, a table to work with. */
@NullMarked
package dev.memoryconsole.report;

import org.jspecify.annotations.NullMarked;
