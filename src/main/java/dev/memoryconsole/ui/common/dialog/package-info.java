/** What the window tells the admin, and what it asks of them. */
@NullMarked
package dev.memoryconsole.ui.common.dialog;

import org.jspecify.annotations.NullMarked;
