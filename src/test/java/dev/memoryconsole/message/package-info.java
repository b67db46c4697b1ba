/** Tests of messages and their words. */
@NullMarked
package dev.memoryconsole.message;

import org.jspecify.annotations.NullMarked;
