@NullMarked
package dev.memoryconsole.report;

import org.jspecify.annotations.NullMarked;
