package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.ModelAnswer;
import dev.memoryconsole.enrich.llm.answer.AnswerFields;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.AnswerLanguage;

/** Turns a model's answer into an enrichment, and says what was wrong with it. Stateless. */
final class Enrichments {
  private static final int LONGEST_ABSTRACT = 400;
  private static final int LONGEST_OVERVIEW = 4_000;

  private Enrichments() {}

  /**
   * The enrichment.
   *
   * @param text the memory's own text
   * @param redaction puts back what was not sent
   * @param language in which the layers may be
   * @param note what the admin should know of the way the text was sent; may be empty
   * @throws CallException if the answer is of no use
   */
  static Enriched of(
      AnswerFields found, String text, Redaction redaction, AnswerLanguage language, Message note) {
    Message notes = note;
    String line = redaction.undo(found.get(AnswerFields.ABSTRACT)).strip().replaceAll("\\s+", " ");
    String overview = redaction.undo(found.get(AnswerFields.OVERVIEW)).strip();
    String content = redaction.undo(found.get(AnswerFields.CONTENT));
    if (line.length() > LONGEST_ABSTRACT) {
      notes = notes.then(ModelCode.ABSTRACT_TOO_LONG.with(line.length()));
      line = "";
    }
    if (overview.length() > Math.max(LONGEST_OVERVIEW, 2 * text.length())) {
      notes = notes.then(ModelCode.OVERVIEW_TOO_LONG.with(overview.length()));
      overview = "";
    }
    if (line.isEmpty() && overview.isEmpty() && content.isBlank()) {
      throw new CallException(FailureKind.BAD_ANSWER, ModelCode.NO_LAYERS.with());
    }
    if (language == AnswerLanguage.MEMORY) {
      Languages.difference(text, line + "\n" + overview)
          .ifPresent(
              difference -> {
                throw new CallException(FailureKind.BAD_ANSWER, difference);
              });
    }
    if (Languages.difference(text, content).isPresent()) {
      // A translation is not the full text, whatever the layers above it may be in.
      notes = notes.then(ModelCode.CONTENT_IN_OTHER_LANGUAGE.with());
      content = "";
    }
    for (String key : found.repeated()) {
      notes = notes.then(ModelCode.GIVEN_TWICE.with(key));
    }
    String category = found.get(AnswerFields.CATEGORY).strip();
    if (!category.isEmpty() && MemoryCategory.ofKey(category).isEmpty()) {
      notes = notes.then(ModelCode.UNKNOWN_CATEGORY.with(Excerpt.of(category)));
    }
    Enriched enriched =
        new ModelAnswer(line, overview, content.strip(), category).toEnrichment(text);
    return new Enriched(enriched.enrichment(), notes.then(enriched.note()));
  }
}
