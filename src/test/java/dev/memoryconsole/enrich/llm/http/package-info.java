/** Ways to an endpoint. */
@NullMarked
package dev.memoryconsole.enrich.llm.http;

import org.jspecify.annotations.NullMarked;
