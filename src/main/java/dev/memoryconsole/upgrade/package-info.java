/**
 * What the rest of the program sees of upgrades: what can be asked of them and what they answer.
 */
@NullMarked
package dev.memoryconsole.upgrade;

import org.jspecify.annotations.NullMarked;
