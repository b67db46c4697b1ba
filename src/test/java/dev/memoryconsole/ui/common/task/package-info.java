@NullMarked
package dev.memoryconsole.ui.common.task;

import org.jspecify.annotations.NullMarked;
