package dev.memoryconsole.enrich.llm.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The marks around what a model thinks aloud: tags such as {@code <think>} and {@code [THINK]}, and
 * the channels of the harmony format, also after a server has dropped their special tokens.
 * Stateless.
 */
final class Traces {
  private static final String WORDS =
      "think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratch_?pad|cot|inner_?monologue"
          + "|chain_of_thought";
  private static final Pattern MARK =
      Pattern.compile(
          "<(?<close>/?)(?:[a-z]+:)?(?:"
              + WORDS
              + ")(?:\\s[^<>]{0,80})?>"
              + "|\\[(?<close2>/?)(?:"
              + WORDS
              + ")\\]|◁(?<close3>/?)think▷|<\\|(?<word>begin|end)_of_(?:thought|thinking)\\|>"
              + "|<\\|channel\\|>\\s*(?<channel>[a-z]+)(?<rest>[^<]{0,120}(?:<\\|constrain\\|>[^<]{0,40})?)(?:<\\|message\\|>)?"
              + "|(?<dropped>assistant\\s*final(?=\\s*[{`\\[\"]))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DROPPED_START =
      Pattern.compile("\\s*(?:analysis|commentary)(?=[A-Z{\"])");
  private static final Pattern END =
      Pattern.compile("(?:\\s|`{3,}|<\\|[a-z_]+\\|>|</s>|</?[a-z_]+>|\\[/[A-Z]+\\])*\\z");

  private Traces() {}

  /** What a mark does. */
  enum Step {
    /** A trace begins, perhaps within another. */
    OPEN,
    /** The innermost trace ends, or one whose beginning was in the prompt. */
    CLOSE,
    /** All traces end here: the answer begins. */
    ANSWER
  }

  /**
   * One mark.
   *
   * @param end where the text goes on behind it
   */
  record Mark(Step step, int start, int end) {}

  /** A matcher for {@link #next}, at the text's start. */
  static Matcher matcher(String text) {
    return MARK.matcher(text);
  }

  /** The next mark at or behind a place; null if there is none. */
  static @Nullable Mark next(Matcher marks, int from) {
    if (!marks.find(from)) {
      return null;
    }
    return new Mark(step(marks), marks.start(), marks.end());
  }

  private static Step step(Matcher mark) {
    String channel = mark.group("channel");
    if (channel != null) {
      // A constrained channel holds the arguments of a call, which is an answer too.
      boolean constrained = mark.group("rest").contains("constrain");
      return channel.equalsIgnoreCase("final") || constrained ? Step.ANSWER : Step.OPEN;
    }
    if (mark.group("dropped") != null) {
      return Step.ANSWER;
    }
    boolean closes =
        "/".equals(mark.group("close"))
            || "/".equals(mark.group("close2"))
            || "/".equals(mark.group("close3"))
            || "end".equalsIgnoreCase(mark.group("word"));
    return closes ? Step.CLOSE : Step.OPEN;
  }

  /** Whether the text begins within a harmony channel whose tokens the server has dropped. */
  static boolean beginsWithin(String text) {
    return DROPPED_START.matcher(text).lookingAt();
  }

  /** Whether nothing but closing marks follows from there on. */
  static boolean isEnd(String text, int from) {
    return END.matcher(text).region(from, text.length()).lookingAt();
  }
}
