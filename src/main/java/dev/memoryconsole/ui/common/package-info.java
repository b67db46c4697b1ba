/** Looks and loading: the theme, icons, pictures, and FXML with controllers made by hand. */
@NullMarked
package dev.memoryconsole.ui.common;

import org.jspecify.annotations.NullMarked;
