/** What listing, filtering and counting need of the rows, kept from version to version. */
@NullMarked
package dev.memoryconsole.store.lance.read;

import org.jspecify.annotations.NullMarked;
