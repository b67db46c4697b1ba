/** Which build of the program this is, and what is inside it with its licences. */
@NullMarked
package dev.memoryconsole.ui.about;

import org.jspecify.annotations.NullMarked;
