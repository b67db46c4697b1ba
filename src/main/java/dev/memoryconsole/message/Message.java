package dev.memoryconsole.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A thing to say: a code, and the arguments of its words. Made by {@link MessageCode#with}; its
 * words are {@link Wording}'s. Immutable; equal if code and arguments are.
 */
public final class Message {
  /** The code of words that are no code's: they are the one argument. */
  static final String VERBATIM = "verbatim";

  /** The code of several messages, one after the other. */
  static final String SENTENCES = "sentences";

  /** Nothing to say. */
  public static final Message NONE = verbatim("");

  private final String code;
  private final List<Object> arguments;

  Message(String code, List<?> arguments) {
    this.code = code;
    this.arguments = List.copyOf(arguments);
  }

  /** Words that somebody else has chosen, or an old journal kept: the same in every language. */
  public static Message verbatim(String words) {
    return new Message(VERBATIM, List.of(words));
  }

  /** The code, as the journal keeps it: {@code store.closed}. */
  public String code() {
    return code;
  }

  /**
   * The arguments: {@link String}, {@link Long}, {@link Double}, {@link java.time.Duration}, {@link
   * java.time.Instant}, {@link Message} or a list of strings or messages each.
   */
  public List<Object> arguments() {
    return arguments;
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** This message and another behind it, each a sentence of its own. */
  public Message then(Message next) {
    if (next.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return next;
    }
    List<Object> both = new ArrayList<>(parts());
    both.addAll(next.parts());
    return new Message(SENTENCES, both);
  }

  /** The message with its texts changed, those of its parts too: to hide a key, for example. */
  public Message mapTexts(UnaryOperator<String> change) {
    return new Message(code, arguments.stream().map(argument -> mapped(argument, change)).toList());
  }

  private static Object mapped(Object argument, UnaryOperator<String> change) {
    return switch (argument) {
      case String text -> change.apply(text);
      case Message part -> part.mapTexts(change);
      case List<?> parts -> parts.stream().map(part -> mapped(part, change)).toList();
      default -> argument;
    };
  }

  private List<Object> parts() {
    return code.equals(SENTENCES) ? arguments : List.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message that
        && code.equals(that.code)
        && arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    return 31 * code.hashCode() + arguments.hashCode();
  }

  /** For programmers; readers get {@link Wording}. */
  @Override
  public String toString() {
    return code + arguments;
  }
}
