@NullMarked
package dev.memoryconsole.app.desktop;

import org.jspecify.annotations.NullMarked;
