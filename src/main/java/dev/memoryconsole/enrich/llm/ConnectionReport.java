package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.message.Message;
import java.time.Duration;

/**
 * What one call to an endpoint showed.
 *
 * @param latency from sending to the whole answer
 * @param model as the endpoint itself reports it; may be empty
 * @param validJson whether the answer was the JSON that was asked for
 * @param problem what is wrong; empty if nothing
 */
public record ConnectionReport(
    Duration latency, String model, boolean validJson, Message problem) {}
