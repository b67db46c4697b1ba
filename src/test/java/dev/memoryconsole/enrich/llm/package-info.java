@NullMarked
package dev.memoryconsole.enrich.llm;

import org.jspecify.annotations.NullMarked;
