package dev.memoryconsole.app.diagnostics;

import dev.memoryconsole.enrich.llm.Redaction;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what nobody means to send with a report: keys, passwords, addresses, the name
 * of the person. Better too much than too little. Immutable.
 */
final class Scrubber {
  private static final String MASK = "***";
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)((?:authorization|x-api-key|cookie)[\"']?\\s*[:=]\\s*)[^\\r\\n]*");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|pwd|secret|api[-_]?key|token)[\"']?\\s*[:=]\\s*)"
              + "(?:\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://)[^/@\\s]+@");
  private static final Pattern QUERY_IN_URL = Pattern.compile("(\\w+://[^\\s?#]+)[?#][^\\s\"']*");
  private static final Pattern LONG_TOKEN =
      Pattern.compile("\\b(?=\\w*[0-9])(?=\\w*[A-Za-z])\\w{32,}\\b");
  private static final Pattern HOME =
      Pattern.compile("(?i)([/\\\\](?:home|users)[/\\\\])[^/\\\\\\s:\"']+");

  private final List<String> secrets;
  private final List<String> homes;

  /**
   * @param secrets what is to be hidden wherever it stands, whatever it looks like
   * @param homes the person's folder, by all names that it has
   */
  Scrubber(List<String> secrets, List<String> homes) {
    this.secrets = secrets.stream().filter(secret -> secret.length() >= 4).toList();
    this.homes = homes.stream().filter(home -> home.length() > 1).toList();
  }

  String scrub(String text) {
    String rest = text;
    for (String secret : secrets) {
      rest = rest.replace(secret, MASK);
    }
    for (String home : homes) {
      rest = rest.replace(home, "~");
    }
    rest = HOME.matcher(rest).replaceAll("$1" + MASK);
    rest = PASSWORD_IN_URL.matcher(rest).replaceAll("$1" + MASK + "@");
    rest = QUERY_IN_URL.matcher(rest).replaceAll("$1?" + MASK);
    rest = NAMED.matcher(rest).replaceAll("$1" + MASK);
    rest = AUTHORIZATION.matcher(rest).replaceAll("$1" + MASK);
    rest = Redaction.of(rest).text();
    return LONG_TOKEN.matcher(rest).replaceAll(MASK);
  }
}
