@NullMarked
package dev.memoryconsole.exchange.form;

import org.jspecify.annotations.NullMarked;
