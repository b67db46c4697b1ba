package dev.memoryconsole.ui.common.text;

import dev.memoryconsole.enrich.ModelUsage;

/** What a run used of a model, in words. Thread-safe. */
public final class UsageText {
  private final Messages messages;

  /** In the words of one language. */
  public UsageText(Messages messages) {
    this.messages = messages;
  }

  /** For example {@code 38 calls · 30,300 tokens · $0.0123}; empty if no model was asked. */
  public String line(ModelUsage usage) {
    return usage.calls() == 0
        ? ""
        : messages.get(
            "usage.line",
            usage.calls(),
            usage.inputTokens() + usage.outputTokens(),
            Money.of(messages, usage.cost()));
  }

  /** The whole of it: input and output apart, and the calls that repeated one. */
  public String details(ModelUsage usage) {
    return usage.calls() == 0
        ? ""
        : messages.get(
            "usage.details",
            usage.calls(),
            usage.retries(),
            usage.inputTokens(),
            usage.outputTokens(),
            Money.of(messages, usage.cost()));
  }
}
