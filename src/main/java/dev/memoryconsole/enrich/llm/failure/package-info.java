/** What can go wrong between the app and a model, and the words for it. */
@NullMarked
package dev.memoryconsole.enrich.llm.failure;

import org.jspecify.annotations.NullMarked;
