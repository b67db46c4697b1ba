@NullMarked
package dev.memoryconsole.upgrade.engine.run;

import org.jspecify.annotations.NullMarked;
