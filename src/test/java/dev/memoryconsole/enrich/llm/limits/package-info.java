@NullMarked
package dev.memoryconsole.enrich.llm.limits;

import org.jspecify.annotations.NullMarked;
