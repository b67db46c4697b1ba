/** What the window asks of the rest of the application. */
@NullMarked
package dev.memoryconsole.ui.services;

import org.jspecify.annotations.NullMarked;
