/**
 * Mends: changes that an admin makes by hand to many memories at once. What is to be done with
 * each, decided on what was seen, and what that makes of a row; see {@code src/docs/mend.md}.
 */
@NullMarked
package dev.memoryconsole.mend;

import org.jspecify.annotations.NullMarked;
