@NullMarked
package dev.memoryconsole.settings.openclaw;

import org.jspecify.annotations.NullMarked;
