/** Stores on servers, before one is opened: who connects, and what is there. */
@NullMarked
package dev.memoryconsole.app.server;

import org.jspecify.annotations.NullMarked;
