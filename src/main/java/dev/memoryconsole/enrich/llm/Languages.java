package dev.memoryconsole.enrich.llm;

import dev.memoryconsole.message.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices an answer in another language than the memory's: by the script, and within the Latin
 * script by the commonest words. Silent when in doubt. Stateless.
 */
final class Languages {
  private static final Pattern WORD = Pattern.compile("\\p{IsLatin}+");
  private static final int LEAST_HITS = 3;
  // A Chinese memory is full of Latin names, so a character there weighs as much as a word.
  private static final int DENSE = 4;

  private enum Script {
    LATIN(ModelCode.LATIN_SCRIPT),
    HAN(ModelCode.HAN),
    HANGUL(ModelCode.HANGUL),
    CYRILLIC(ModelCode.CYRILLIC),
    ARABIC(ModelCode.ARABIC),
    OTHER(ModelCode.OTHER_SCRIPT);

    private final ModelCode name;

    Script(ModelCode name) {
      this.name = name;
    }
  }

  private enum Latin {
    ENGLISH(
        ModelCode.ENGLISH, "the of and to in is that for it with was on are this be has not when"),
    GERMAN(
        ModelCode.GERMAN,
        "der die das und ist nicht mit ein eine für auf den dem sich wird von zu im"),
    FRENCH(
        ModelCode.FRENCH, "le la les des est une pour dans qui que sur pas avec au du et il sont"),
    SPANISH(ModelCode.SPANISH, "el la los las de que es una para con por no se del en como más su"),
    ITALIAN(
        ModelCode.ITALIAN, "il lo gli che è una per con non del della nel sono di ha più si alla"),
    PORTUGUESE(
        ModelCode.PORTUGUESE, "o os as que é uma para com não do da em se mais no na dos ao"),
    DUTCH(ModelCode.DUTCH, "de het een en van is niet met voor op dat zijn wordt bij ook naar");

    private final ModelCode name;
    private final String common;

    Latin(ModelCode name, String common) {
      this.name = name;
      this.common = common;
    }

    private int hitsIn(List<String> words) {
      Set<String> wanted = new HashSet<>(List.of(common.split(" ")));
      return (int) words.stream().distinct().filter(wanted::contains).count();
    }
  }

  private Languages() {}

  /** Says that the answer is in another language than the text; empty if it is not. */
  static Optional<Message> difference(String text, String answer) {
    Map<Script, Integer> wanted = scripts(text);
    Map<Script, Integer> got = scripts(answer);
    Optional<Script> textScript = dominant(wanted);
    Optional<Script> answerScript = dominant(got);
    if (textScript.isEmpty() || answerScript.isEmpty()) {
      return Optional.empty();
    }
    Script from = textScript.get();
    Script to = answerScript.get();
    if (from != to) {
      // A word of it in the answer, or of the answer's in the text, is a mixture and no difference.
      boolean mixed = got.getOrDefault(from, 0) > 0 && from != Script.LATIN;
      boolean known = wanted.getOrDefault(to, 0) > 0 && to != Script.LATIN;
      return mixed || known ? Optional.empty() : Optional.of(difference(from.name, to.name));
    }
    return from == Script.LATIN ? latinDifference(text, answer) : Optional.empty();
  }

  private static Optional<Message> latinDifference(String text, String answer) {
    Optional<Latin> from = language(text);
    Optional<Latin> to = language(answer);
    return from.isPresent() && to.isPresent() && from.get() != to.get()
        ? Optional.of(difference(from.get().name, to.get().name))
        : Optional.empty();
  }

  private static Message difference(ModelCode from, ModelCode to) {
    return ModelCode.OTHER_LANGUAGE.with(to.with(), from.with());
  }

  /** The language with at least twice the hits of any other. */
  private static Optional<Latin> language(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (word.find()) {
      words.add(word.group());
    }
    Latin best = Latin.ENGLISH;
    int most = 0;
    int second = 0;
    for (Latin language : Latin.values()) {
      int hits = language.hitsIn(words);
      if (hits > most) {
        second = most;
        most = hits;
        best = language;
      } else if (hits > second) {
        second = hits;
      }
    }
    return most >= LEAST_HITS && most >= 2 * second ? Optional.of(best) : Optional.empty();
  }

  private static Optional<Script> dominant(Map<Script, Integer> scripts) {
    int sum = scripts.values().stream().mapToInt(Integer::intValue).sum();
    return sum < 12
        ? Optional.empty()
        : scripts.entrySet().stream()
            .filter(entry -> entry.getValue() * 3 >= sum * 2)
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private static Map<Script, Integer> scripts(String text) {
    Map<Script, Integer> letters = new EnumMap<>(Script.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(
            letter -> {
              Script script = script(letter);
              letters.merge(
                  script,
                  script == Script.HAN || script == Script.HANGUL ? DENSE : 1,
                  Integer::sum);
            });
    return letters;
  }

  private static Script script(int letter) {
    return switch (Character.UnicodeScript.of(letter)) {
      case LATIN -> Script.LATIN;
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> Script.HAN;
      case HANGUL -> Script.HANGUL;
      case CYRILLIC -> Script.CYRILLIC;
      case ARABIC -> Script.ARABIC;
      default -> Script.OTHER;
    };
  }
}
