/** Tests of how what nearly agrees is found, in little room. */
@NullMarked
package dev.memoryconsole.mend.find;

import org.jspecify.annotations.NullMarked;
