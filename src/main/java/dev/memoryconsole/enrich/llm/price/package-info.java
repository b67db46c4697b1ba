/** What models cost: the table of prices, and what a run will cost by it. */
@NullMarked
package dev.memoryconsole.enrich.llm.price;

import org.jspecify.annotations.NullMarked;
