/** Where a model's answer stands in what an endpoint sends, and how it is read. */
@NullMarked
package dev.memoryconsole.enrich.llm.answer;

import org.jspecify.annotations.NullMarked;
