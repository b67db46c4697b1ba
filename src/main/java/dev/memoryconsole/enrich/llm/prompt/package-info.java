/** What a model is asked: the words, and in which parts a long memory goes through its window. */
@NullMarked
package dev.memoryconsole.enrich.llm.prompt;

import org.jspecify.annotations.NullMarked;
