/** The packages that the build makes, as a user has them. */
@NullMarked
package dev.memoryconsole.dist;

import org.jspecify.annotations.NullMarked;
