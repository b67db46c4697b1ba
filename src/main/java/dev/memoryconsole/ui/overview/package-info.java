/** What is in the store, at a glance. */
@NullMarked
package dev.memoryconsole.ui.overview;

import org.jspecify.annotations.NullMarked;
