/** What tests of several packages share. */
@NullMarked
package dev.memoryconsole.testing;

import org.jspecify.annotations.NullMarked;
