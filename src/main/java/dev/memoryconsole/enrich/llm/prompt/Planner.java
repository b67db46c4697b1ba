package dev.memoryconsole.enrich.llm.prompt;

import dev.memoryconsole.memory.MemoryCategory;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides how a memory goes through the model's window: whole with its content, whole without
 * (repeating the content would not fit), or in parts. Nothing is ever cut off. Thread-safe.
 */
public final class Planner {
  // Other models count up to this much more than we do.
  private static final double SAFE_SHARE = 0.85;
  private static final int MESSAGES = 12;
  private static final int FRAME = 30;
  private static final int MOST_ABSTRACT = 24;
  private static final int MOST_OVERVIEW = 36;
  private static final int SUMMARY = 220;
  private static final int LEAST_PART = 64;

  private final int window;
  private final int mostOutput;

  /**
   * For a model.
   *
   * @param contextTokens its window
   * @param mostOutput what one answer can be at most
   */
  public Planner(int contextTokens, int mostOutput) {
    this.window = (int) (contextTokens * SAFE_SHARE);
    this.mostOutput = mostOutput;
  }

  /**
   * One question and about what it needs.
   *
   * @param question the question
   * @param tokens of it and its answer
   */
  public record Step(Question question, Tokens tokens) {
    private boolean fits(int window, int mostOutput) {
      return tokens.input() + tokens.output() <= window && tokens.output() <= mostOutput;
    }
  }

  /** The question about a whole text, or empty if it does not fit the window. */
  public List<Step> whole(String text, MemoryCategory category, boolean withContent) {
    int textTokens = TokenCounter.count(text);
    if (textTokens > window) {
      return List.of();
    }
    Step full = step(Prompts.layers(text, category, true), textTokens);
    if (withContent && full.fits(window, mostOutput)) {
      return List.of(full);
    }
    Step without = step(Prompts.layers(text, category, false), textTokens);
    return without.fits(window, mostOutput) ? List.of(without) : List.of();
  }

  /** The questions about the parts of a text that does not fit, in order. */
  public List<Step> parts(String text) {
    int room =
        Math.max(LEAST_PART, window - input(Prompts.part("", 9, 9)) - SUMMARY - FRAME - MESSAGES);
    List<String> parts = split(text, room);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Question question = Prompts.part(parts.get(i), i + 1, parts.size());
      steps.add(new Step(question, new Tokens(input(question), SUMMARY)));
    }
    return steps;
  }

  /** All questions a text will take, those about its summaries estimated. */
  public List<Step> steps(String text) {
    List<Step> whole = whole(text, MemoryCategory.PATTERNS, true);
    if (!whole.isEmpty()) {
      return whole;
    }
    List<Step> steps = new ArrayList<>(parts(text));
    Question last = Prompts.layers("", MemoryCategory.PATTERNS, false);
    steps.add(
        new Step(
            last,
            new Tokens(
                Math.min(window, input(last) + steps.size() * SUMMARY),
                FRAME + MOST_ABSTRACT + MOST_OVERVIEW)));
    return steps;
  }

  private static Step step(Question question, int textTokens) {
    int output =
        FRAME + Math.min(textTokens + 3, MOST_ABSTRACT) + Math.min(textTokens + 6, MOST_OVERVIEW);
    return new Step(
        question,
        new Tokens(
            input(question),
            question.form() == Question.Form.LAYERS ? output + textTokens : output));
  }

  private static int input(Question question) {
    return TokenCounter.count(question.system()) + TokenCounter.count(question.user()) + MESSAGES;
  }

  /** Pieces of at most that many tokens, cut between sentences where possible; nothing is lost. */
  static List<String> split(String text, int room) {
    if (TokenCounter.count(text) <= room || text.length() < 2) {
      return List.of(text);
    }
    int middle = boundary(text);
    List<String> pieces = new ArrayList<>(split(text.substring(0, middle), room));
    pieces.addAll(split(text.substring(middle), room));
    return pieces;
  }

  /** The best place to cut near the middle. */
  private static int boundary(String text) {
    int middle = text.length() / 2;
    int reach = text.length() / 6;
    int paragraph = text.indexOf("\n\n", middle - reach);
    if (paragraph >= 0 && paragraph + 2 <= middle + reach) {
      return paragraph + 2;
    }
    for (BreakIterator breaks :
        List.of(
            BreakIterator.getSentenceInstance(Locale.ROOT),
            BreakIterator.getWordInstance(Locale.ROOT))) {
      breaks.setText(text.substring(middle - reach, middle + reach));
      int at = breaks.preceding(Math.max(1, reach));
      if (at != BreakIterator.DONE && at > 0) {
        return middle - reach + at;
      }
    }
    return Character.isLowSurrogate(text.charAt(middle)) ? middle + 1 : middle;
  }
}
