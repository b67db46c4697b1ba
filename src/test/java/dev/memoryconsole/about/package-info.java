@NullMarked
package dev.memoryconsole.about;

import org.jspecify.annotations.NullMarked;
