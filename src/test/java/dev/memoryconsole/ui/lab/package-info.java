@NullMarked
package dev.memoryconsole.ui.lab;

import org.jspecify.annotations.NullMarked;
