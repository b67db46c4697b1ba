/** Files that several hands of this process, or several processes, might touch at once. */
@NullMarked
package dev.memoryconsole.files;

import org.jspecify.annotations.NullMarked;
