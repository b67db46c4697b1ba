/** The open store and its run: what the screens watch, and the gate every run passes. */
@NullMarked
package dev.memoryconsole.ui.common.session;

import org.jspecify.annotations.NullMarked;
