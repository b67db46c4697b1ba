package dev.memoryconsole.app.desktop;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The language the person at this computer reads. */
public final class SystemLanguage {
  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

  private SystemLanguage() {}

  /**
   * Java's answer, but for one case: a Linux that was told of a locale nobody has generated. Java,
   * like every C program, then speaks English, and the person still does not.
   *
   * @param java as Java found it
   * @param os the system's name
   * @param environment the variables of this process
   */
  public static Locale of(Locale java, String os, Map<String, String> environment) {
    if (!os.toLowerCase(Locale.ROOT).contains("linux")
        || !java.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
      return java;
    }
    return VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(SystemLanguage::locale)
        .filter(told -> !told.getLanguage().isEmpty())
        .orElse(java);
  }

  /** Takes {@code zh_CN.UTF-8}; {@code C} and {@code POSIX} name no language. */
  private static Locale locale(String value) {
    String name = value.replaceAll("[.@].*", "");
    return name.equals("C") || name.equals("POSIX")
        ? Locale.ROOT
        : Locale.forLanguageTag(name.replace('_', '-'));
  }
}
