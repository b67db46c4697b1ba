/** How a server is reached, and what it says when something goes wrong. */
@NullMarked
package dev.memoryconsole.store.postgres.connection;

import org.jspecify.annotations.NullMarked;
