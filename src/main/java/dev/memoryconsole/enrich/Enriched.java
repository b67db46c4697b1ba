package dev.memoryconsole.enrich;

import dev.memoryconsole.memory.Enrichment;
import dev.memoryconsole.message.Message;

/**
 * An enrichment and what the admin should know about it.
 *
 * @param enrichment the layers
 * @param note why a layer is not the model's own; empty if there is nothing to say
 */
public record Enriched(Enrichment enrichment, Message note) {}
