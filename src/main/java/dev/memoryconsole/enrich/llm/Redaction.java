package dev.memoryconsole.enrich.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces e-mail addresses, keys and card numbers by placeholders, the same value by the same one,
 * and puts them back into what returns. A text that already looks as if it held placeholders gets
 * others. Immutable.
 */
public final class Redaction {
  private static final Pattern EMAIL =
      Pattern.compile("(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{1,63}){1,8}");
  private static final Pattern KEY =
      Pattern.compile(
          String.join(
              "|",
              "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----",
              "\\b(?:sk|pk|rk|gsk|xai)[-_][A-Za-z0-9_-]{16,}",
              "\\b(?:ghp|gho|ghu|ghs|ghr|github_pat|glpat|hf|npm)[-_][A-Za-z0-9_-]{16,}",
              "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
              "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b",
              "\\bAIza[0-9A-Za-z_-]{35}",
              "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
              "(?i:(?<=bearer )[A-Za-z0-9._~+/=-]{16,})",
              "(?i:(?<=(?:api[_-]?key|token|secret|password|passwd|pwd)[ \"']{0,2}[:=][ \"']{0,2})"
                  + "(?![ \"'\\[])[^\\s\"',;]{6,})"));
  private static final Pattern CARD = Pattern.compile("(?<![\\d])\\d(?:[ -]?\\d){12,18}(?![\\d])");

  private final String text;
  private final Map<String, String> values;
  private final Pattern placeholder;

  private Redaction(String text, Map<String, String> values, String prefix) {
    this.text = text;
    this.values = values;
    // Models drop or double brackets, so the bare word is enough.
    this.placeholder =
        Pattern.compile("\\[{0,2}(?<![A-Za-z0-9_])(" + prefix + "[A-Z]+_\\d+)(?![0-9])\\]{0,2}");
  }

  /** Nothing is replaced. */
  static Redaction none(String text) {
    return new Redaction(text, Map.of(), "");
  }

  /** Everything private is replaced. */
  public static Redaction of(String text) {
    String prefix = "";
    while (Pattern.compile(prefix + "(EMAIL|KEY|CARD)_\\d").matcher(text).find()) {
      prefix = "X" + prefix;
    }
    Map<String, String> values = new LinkedHashMap<>();
    String redacted = replace(text, KEY, prefix + "KEY", values, value -> true);
    redacted = replace(redacted, EMAIL, prefix + "EMAIL", values, value -> true);
    redacted = replace(redacted, CARD, prefix + "CARD", values, Redaction::isCard);
    return new Redaction(redacted, values, prefix);
  }

  private static String replace(
      String text,
      Pattern pattern,
      String kind,
      Map<String, String> values,
      Predicate<String> isOne) {
    Map<String, String> names = new LinkedHashMap<>();
    return pattern
        .matcher(text)
        .replaceAll(
            match -> {
              String value = match.group();
              if (!isOne.test(value)) {
                return Matcher.quoteReplacement(value);
              }
              String name = names.computeIfAbsent(value, v -> kind + "_" + (names.size() + 1));
              values.put(name, value);
              return "[[" + name + "]]";
            });
  }

  /** The check digit of ISO/IEC 7812 (Luhn). */
  static boolean isCard(String candidate) {
    int sum = 0;
    int place = 0;
    for (int i = candidate.length() - 1; i >= 0; i--) {
      int digit = candidate.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      int weighted = place % 2 == 1 ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
      place++;
    }
    return sum > 0 && sum % 10 == 0;
  }

  /** What may be sent. */
  public String text() {
    return text;
  }

  /** The text with the placeholders put back; unknown ones stay. */
  String undo(String answer) {
    if (values.isEmpty()) {
      return answer;
    }
    return placeholder
        .matcher(answer)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }
}
