@NullMarked
package dev.memoryconsole.lab;

import org.jspecify.annotations.NullMarked;
