/** Which build of the program this is, and what is inside it that is not ours. */
@NullMarked
package dev.memoryconsole.about;

import org.jspecify.annotations.NullMarked;
