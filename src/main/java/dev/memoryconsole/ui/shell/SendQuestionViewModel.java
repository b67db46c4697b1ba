package dev.memoryconsole.ui.shell;

import dev.memoryconsole.enrich.llm.price.Estimate;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.ui.common.session.Counting;
import dev.memoryconsole.ui.common.session.RunStart;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Money;
import dev.memoryconsole.upgrade.PlannedRun;
import dev.memoryconsole.upgrade.RunRequest;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Says what a run takes, where its memories go and what that costs. Thread-safe. */
public final class SendQuestionViewModel {
  private final Messages messages;

  /** In the words of one language. */
  public SendQuestionViewModel(Messages messages) {
    this.messages = messages;
  }

  String title(RunStart start, Counting now) {
    PlannedRun plan = now.plan();
    return switch (start.request()) {
      case RunRequest.Resume(long run) -> messages.get("send.resume.title", run);
      case RunRequest.Part(long run) -> messages.get("send.part.title", Long.toString(run));
      case RunRequest.Retry(long run) -> messages.get("send.retry.title", run);
      case RunRequest.RetryAll _ -> messages.get("retryAll.title");
      case RunRequest.Chosen _, RunRequest.Matching _ ->
          plan == null
              ? messages.get("upgrade.counting")
              : plan.isEmpty()
                  ? messages.get("entries.upgradeNone")
                  : messages.get("upgrade.all.title", plan.size());
    };
  }

  String text(RunStart start, Counting now) {
    PlannedRun plan = now.plan();
    String text =
        (plan == null ? messages.get("send.counting") : text(start, plan)) + snapshot(now);
    return start.doubt().isEmpty() ? text : text + "\n\n" + messages.words(start.doubt());
  }

  private String text(RunStart start, PlannedRun plan) {
    int count = plan.size();
    return switch (start.request()) {
      case RunRequest.Resume _ ->
          messages.get("send.resume.text", count)
              + answered(plan.count(PlannedRun.State.ANSWERED))
              + since(plan.leftOut());
      case RunRequest.Part _ -> messages.get("send.part.text", count);
      case RunRequest.Retry _ -> messages.get("send.retry.text", count) + since(plan.leftOut());
      case RunRequest.RetryAll _ -> messages.get("retryAll.text", count);
      case RunRequest.Chosen _, RunRequest.Matching _ -> upgradeText(plan);
    };
  }

  private String upgradeText(PlannedRun plan) {
    if (plan.isEmpty()) {
      return messages.get("upgrade.none", plan.asked());
    }
    String text =
        messages.get(
                plan.count(PlannedRun.State.POSSIBLY_LEGACY) > 0
                    ? "upgrade.possibly.text"
                    : "upgrade.all.text",
                plan.size(),
                plan.count(PlannedRun.State.POSSIBLY_LEGACY))
            + answered(plan.count(PlannedRun.State.ANSWERED));
    return plan.leftOut() == 0
        ? text
        : text + " " + messages.get("upgrade.leftOut", plan.leftOut(), plan.asked());
  }

  private String snapshot(Counting now) {
    return now instanceof Counting.Known known
            && known.snapshot() != null
            && !known.plan().isEmpty()
        ? "\n\n" + messages.words(known.snapshot().sentence())
        : "";
  }

  private String answered(int count) {
    return count == 0 ? "" : " " + messages.get("send.answered", count);
  }

  private String since(long count) {
    return count == 0 ? "" : " " + messages.get("send.since", count);
  }

  String action(RunStart start, Counting now) {
    PlannedRun plan = now.plan();
    String words =
        switch (start.request()) {
          case RunRequest.Resume _ -> "send.resume.action";
          case RunRequest.Part _ -> "send.part.action";
          case RunRequest.Retry _, RunRequest.RetryAll _ -> "send.retry.action";
          case RunRequest.Chosen _, RunRequest.Matching _ -> "upgrade.all.action";
        };
    return plan == null || plan.isEmpty()
        ? messages.get(words)
        : messages.get("send.action", messages.get(words), plan.size());
  }

  /**
   * Whether it may be started: what it takes is counted, that is not nothing, and the snapshot
   * before it has room.
   */
  boolean mayBegin(RunStart start, Counting now) {
    return now instanceof Counting.Known known
        && (!known.plan().isEmpty() || start.mayBeEmpty())
        && (known.snapshot() == null || known.snapshot().suffices());
  }

  /** Whether it is not known yet that there is nothing to do. */
  boolean mayTakeSome(Counting now) {
    return !(now instanceof Counting.Known known) || !known.plan().isEmpty();
  }

  /** What it means to share it. */
  String shareHint(@Nullable ModelSettings model) {
    return messages.get(model == null ? "send.share.hint" : "send.share.hintModel");
  }

  String host(ModelSettings model) {
    return Endpoint.of(model.baseUrl()).host();
  }

  /** Whether others on the way can read what is sent. */
  boolean isUnsafe(ModelSettings model) {
    Endpoint endpoint = Endpoint.of(model.baseUrl());
    return !endpoint.isEncrypted() && !endpoint.isLoopback();
  }

  String safety(ModelSettings model) {
    if (Endpoint.of(model.baseUrl()).isLoopback()) {
      return messages.get("send.loopback");
    }
    return messages.get(isUnsafe(model) ? "send.plain" : "send.encrypted");
  }

  String redaction(ModelSettings model) {
    return messages.get(model.redact() ? "send.redacted" : "send.whole");
  }

  /** 0 to 1; negative while the end is not known. */
  double fraction(Counting now) {
    return switch (now) {
      case Counting.Choosing _ -> -1;
      case Counting.Reading reading ->
          reading.total() == 0 ? 1 : (double) reading.read() / reading.total();
      case Counting.Known _ -> 1;
    };
  }

  String progress(Counting now) {
    return switch (now) {
      case Counting.Choosing _ -> messages.get("send.choosing");
      case Counting.Reading reading ->
          messages.get("send.reading", reading.read(), reading.total());
      case Counting.Known _ -> "";
    };
  }

  String estimate(Counting now) {
    if (!(now instanceof Counting.Known)) {
      return "…";
    }
    Estimate known = known(now);
    return known == null
        ? messages.get("send.skipped")
        : messages.get("send.tokens", known.calls(), known.inputTokens(), known.outputTokens());
  }

  String cost(Counting now) {
    if (!(now instanceof Counting.Known)) {
      return "…";
    }
    Estimate known = known(now);
    if (known == null) {
      return messages.get("send.costSkipped");
    }
    if (known.calls() == 0) {
      return messages.get("send.costNoCalls");
    }
    BigDecimal cost = known.cost();
    if (cost == null) {
      return messages.get("send.costUnknown");
    }
    return cost.signum() == 0
        ? messages.get("send.costNothing")
        : messages.get("send.costAbout", Money.of(messages, cost));
  }

  boolean isOverBudget(ModelSettings model, Counting now) {
    Estimate known = known(now);
    BigDecimal budget = model.budget();
    BigDecimal cost = known == null ? null : known.cost();
    return budget != null && cost != null && cost.compareTo(budget) > 0;
  }

  String budget(ModelSettings model, Counting now) {
    BigDecimal budget = model.budget();
    if (budget == null) {
      return messages.get("send.noBudget");
    }
    return messages.get(
        isOverBudget(model, now) ? "send.overBudget" : "send.withinBudget",
        Money.of(messages, budget));
  }

  private static @Nullable Estimate known(Counting now) {
    return now instanceof Counting.Known known ? known.estimate() : null;
  }
}
