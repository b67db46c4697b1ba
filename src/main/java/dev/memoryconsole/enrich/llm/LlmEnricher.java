package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.EnrichCode;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.ModelUnavailableException;
import dev.memoryconsole.enrich.ModelUsage;
import dev.memoryconsole.enrich.llm.answer.AnswerFields;
import dev.memoryconsole.enrich.llm.answer.AnswerParser;
import dev.memoryconsole.enrich.llm.answer.Reply;
import dev.memoryconsole.enrich.llm.answer.Text;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.enrich.llm.limits.Circuit;
import dev.memoryconsole.enrich.llm.limits.Deadline;
import dev.memoryconsole.enrich.llm.limits.Meter;
import dev.memoryconsole.enrich.llm.limits.Persistence;
import dev.memoryconsole.enrich.llm.prompt.Planner;
import dev.memoryconsole.enrich.llm.prompt.Question;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.ModelSettings;
import java.util.ArrayList;
import java.util.List;

/** Enriches by a language model. Thread-safe; one for each run. */
final class LlmEnricher implements Enricher {
  private final ModelSettings settings;
  private final ModelClient client;
  private final Planner planner;
  final Circuit circuit;
  private final Meter meter;
  private final Caller caller;

  /** Asks through this client, which it closes in the end. */
  LlmEnricher(
      ModelSettings settings,
      ModelClient client,
      Planner planner,
      Meter meter,
      Allowance allowance,
      Persistence persistence) {
    this.settings = settings;
    this.client = client;
    this.planner = planner;
    this.meter = meter;
    this.circuit = new Circuit(persistence);
    this.caller = new Caller(client, settings.limits(), persistence, circuit, meter, allowance);
  }

  @Override
  public String name() {
    return "llm:" + settings.model();
  }

  @Override
  public Enriched enrich(MemoryEntry entry) throws EnrichmentException, InterruptedException {
    if (entry.text().isBlank()) {
      throw new EnrichmentException(EnrichCode.NO_TEXT.with());
    }
    try (Circuit.Pass pass = circuit.enter()) {
      try {
        Enriched enriched = ask(entry);
        pass.succeeded();
        return enriched;
      } catch (CallException e) {
        if (pass.failed(e)) {
          throw circuit.unavailable(true);
        }
        throw new EnrichmentException(e.message());
      }
    }
  }

  private Enriched ask(MemoryEntry entry) throws ModelUnavailableException, InterruptedException {
    String text = Text.wellFormed(entry.text());
    Redaction redaction = settings.redact() ? Redaction.of(text) : Redaction.none(text);
    MemoryCategory category = MemoryCategory.fromColumn(entry.category(), entry.text());
    Deadline deadline = new Deadline(settings.limits().entry());
    String sent = redaction.text();
    int parts = 0;
    List<Planner.Step> whole = planner.whole(sent, category, true);
    while (whole.isEmpty()) {
      List<Planner.Step> steps = planner.parts(sent);
      // Each part has the time of a memory: a long text is not the model's fault.
      deadline.extend(settings.limits().entry().multipliedBy(steps.size()));
      String joined = summaries(steps, deadline);
      if (joined.length() >= sent.length()) {
        throw new CallException(FailureKind.TOO_LONG, ModelCode.SUMMARIES_TOO_LONG.with());
      }
      parts += steps.size();
      sent = joined;
      whole = planner.whole(sent, category, false);
    }
    Planner.Step step = whole.getFirst();
    Reply answer = caller.ask(step.question(), step.tokens(), deadline);
    return Enrichments.of(
        AnswerParser.parse(answer, step.question().form().keys()),
        entry.text(),
        redaction,
        settings.language(),
        note(step.question().form(), parts));
  }

  private String summaries(List<Planner.Step> steps, Deadline deadline)
      throws ModelUnavailableException, InterruptedException {
    List<String> summaries = new ArrayList<>();
    for (Planner.Step step : steps) {
      Reply answer = caller.ask(step.question(), step.tokens(), deadline);
      summaries.add(
          AnswerParser.parse(answer, step.question().form().keys())
              .get(AnswerFields.SUMMARY)
              .strip());
    }
    return String.join("\n\n", summaries);
  }

  private static Message note(Question.Form form, int parts) {
    if (parts > 0) {
      return ModelCode.SUMMARISED.with(parts);
    }
    return form == Question.Form.WITHOUT_CONTENT ? ModelCode.CONTENT_KEPT.with() : Message.NONE;
  }

  @Override
  public void tryAgain() {
    circuit.tryAgain();
  }

  @Override
  public ModelUsage usage() {
    return meter.usage();
  }

  @Override
  public void close() {
    client.close();
  }
}
