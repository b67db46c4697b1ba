package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.ModelAnswer;
import dev.memoryconsole.enrich.llm.answer.AnswerFields;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.memory.MemoryCategory;
import dev.memoryconsole.settings.AnswerLanguage;
import java.util.ArrayList;
import java.util.List;

/** Turns a model's answer into an enrichment, and says what was wrong with it. Stateless. */
final class Enrichments {
  private static final int LONGEST_ABSTRACT = 400;
  private static final int LONGEST_OVERVIEW = 4_000;
  private static final String HOW_TO_ALLOW =
      " To allow that, choose any language for answers in the model's settings, or --llm-language"
          + " any.";

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
      AnswerFields found, String text, Redaction redaction, AnswerLanguage language, String note) {
    List<String> notes = new ArrayList<>();
    if (!note.isEmpty()) {
      notes.add(note);
    }
    String line = redaction.undo(found.get(AnswerFields.ABSTRACT)).strip().replaceAll("\\s+", " ");
    String overview = redaction.undo(found.get(AnswerFields.OVERVIEW)).strip();
    String content = redaction.undo(found.get(AnswerFields.CONTENT));
    if (line.length() > LONGEST_ABSTRACT) {
      notes.add(tooLong("abstract", line));
      line = "";
    }
    if (overview.length() > Math.max(LONGEST_OVERVIEW, 2 * text.length())) {
      notes.add(tooLong("overview", overview));
      overview = "";
    }
    if (line.isEmpty() && overview.isEmpty() && content.isBlank()) {
      throw new CallException(
          FailureKind.BAD_ANSWER, "The model's answer has none of the three layers.");
    }
    if (language == AnswerLanguage.MEMORY) {
      Languages.difference(text, line + "\n" + overview)
          .ifPresent(
              difference -> {
                throw new CallException(FailureKind.BAD_ANSWER, difference + HOW_TO_ALLOW);
              });
    }
    if (Languages.difference(text, content).isPresent()) {
      // A translation is not the full text, whatever the layers above it may be in.
      notes.add("The model's full content was in another language, so the original text was kept.");
      content = "";
    }
    for (String key : found.repeated()) {
      notes.add("The model gave “" + key + "” twice; the last one was taken.");
    }
    String category = found.get(AnswerFields.CATEGORY).strip();
    if (!category.isEmpty() && MemoryCategory.ofKey(category).isEmpty()) {
      notes.add(
          "The model's category “"
              + Excerpt.of(category)
              + "” is none of the six and was ignored.");
    }
    Enriched enriched =
        new ModelAnswer(line, overview, content.strip(), category).toEnrichment(text);
    if (!enriched.note().isEmpty()) {
      notes.add(enriched.note());
    }
    return new Enriched(enriched.enrichment(), String.join(" ", notes));
  }

  private static String tooLong(String layer, String value) {
    return "The model's "
        + layer
        + " was "
        + value.length()
        + " characters long, so the text's first sentence took its place.";
  }
}
