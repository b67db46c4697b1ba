package dev.memoryconsole.ui.shell;

import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunGate.Counting;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Says where memories go and what that costs. Thread-safe. */
public final class SendQuestionViewModel {
  private final Messages messages;

  /** In the words of one language. */
  public SendQuestionViewModel(Messages messages) {
    this.messages = messages;
  }

  String host(RunGate.Sending asked) {
    return asked.endpoint().host();
  }

  /** Whether others on the way can read what is sent. */
  boolean isUnsafe(RunGate.Sending asked) {
    Endpoint endpoint = asked.endpoint();
    return !endpoint.isEncrypted() && !endpoint.isLoopback();
  }

  String safety(RunGate.Sending asked) {
    if (asked.endpoint().isLoopback()) {
      return messages.get("send.loopback");
    }
    return messages.get(isUnsafe(asked) ? "send.plain" : "send.encrypted");
  }

  String redaction(RunGate.Sending asked) {
    return messages.get(asked.model().redact() ? "send.redacted" : "send.whole");
  }

  /** 0 to 1; negative while the end is not known. */
  double fraction(Counting now) {
    return switch (now) {
      case Counting.Reading reading ->
          reading.total() == 0 ? -1 : (double) reading.read() / reading.total();
      case Counting.Known known -> 1;
      case Counting.Skipped skipped -> 0;
    };
  }

  String progress(Counting now) {
    return switch (now) {
      case Counting.Reading reading when reading.total() > 0 ->
          messages.get("send.reading", reading.read(), reading.total());
      case Counting.Reading reading -> messages.get("send.choosing");
      case Counting.Known known -> "";
      case Counting.Skipped skipped -> "";
    };
  }

  String estimate(Counting now) {
    Estimate known = known(now);
    return known == null
        ? messages.get("send.skipped")
        : messages.get("send.tokens", known.calls(), known.inputTokens(), known.outputTokens());
  }

  String cost(Counting now) {
    if (now instanceof Counting.Reading) {
      return "…";
    }
    Estimate known = known(now);
    if (known == null) {
      return messages.get("send.costSkipped");
    }
    BigDecimal cost = known.cost();
    if (cost == null) {
      return messages.get("send.costUnknown");
    }
    return cost.signum() == 0
        ? messages.get("send.costNothing")
        : messages.get("send.costAbout", Money.of(messages, cost));
  }

  boolean isOverBudget(RunGate.Sending asked, Counting now) {
    Estimate known = known(now);
    BigDecimal budget = asked.model().budget();
    BigDecimal cost = known == null ? null : known.cost();
    return budget != null && cost != null && cost.compareTo(budget) > 0;
  }

  String budget(RunGate.Sending asked, Counting now) {
    BigDecimal budget = asked.model().budget();
    if (budget == null) {
      return messages.get("send.noBudget");
    }
    return messages.get(
        isOverBudget(asked, now) ? "send.overBudget" : "send.withinBudget",
        Money.of(messages, budget));
  }

  private static @Nullable Estimate known(Counting now) {
    return now instanceof Counting.Known known ? known.estimate() : null;
  }
}
