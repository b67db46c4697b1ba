/** Enrichment by a language model: the client, its manners, and what its answers are worth. */
@NullMarked
package dev.memoryconsole.enrich.llm;

import org.jspecify.annotations.NullMarked;
