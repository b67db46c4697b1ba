@NullMarked
package dev.memoryconsole.upgrade.engine;

import org.jspecify.annotations.NullMarked;
