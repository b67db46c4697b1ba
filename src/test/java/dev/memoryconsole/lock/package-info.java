@NullMarked
package dev.memoryconsole.lock;

import org.jspecify.annotations.NullMarked;
