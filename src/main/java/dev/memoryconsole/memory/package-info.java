/**
 * What a memory is: entry, categories, smart metadata, the legacy rule and the merge. Pure Java and
 * Jackson.
 */
@NullMarked
package dev.memoryconsole.memory;

import org.jspecify.annotations.NullMarked;
