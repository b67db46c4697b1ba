@NullMarked
package dev.memoryconsole.ui;

import org.jspecify.annotations.NullMarked;
