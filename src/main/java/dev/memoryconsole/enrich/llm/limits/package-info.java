/**
 * What a run allows itself against an endpoint: rates, time, budget, and when to leave it alone.
 */
@NullMarked
package dev.memoryconsole.enrich.llm.limits;

import org.jspecify.annotations.NullMarked;
