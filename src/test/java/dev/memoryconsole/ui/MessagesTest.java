package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.enrich.EnrichCode;
import dev.memoryconsole.enrich.EnricherConfigurationException;
import dev.memoryconsole.exchange.source.SourceFormat;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.message.Patterns;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.text.Messages;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word of the window is in both languages, and every word in the files is used. */
class MessagesTest {
  private static final Path JAVA = Path.of("src/main/java/dev/memoryconsole/ui");
  private static final Path RESOURCES = Path.of("src/main/resources/dev/memoryconsole/ui");
  private static final Pattern IN_FXML = Pattern.compile("=\"%([\\w.]+)\"");
  private static final Pattern IN_CODE = Pattern.compile("\"([a-zA-Z]+(?:\\.[a-zA-Z]+)+)\"");

  private final Messages english = Messages.of(Locale.ENGLISH);
  private final Messages chinese = Messages.of(Locale.SIMPLIFIED_CHINESE);

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(chinese.bundle().keySet()).isEqualTo(english.bundle().keySet());
    assertThat(chinese.get("state.legacy")).isEqualTo("旧版");
  }

  @Test
  void bothLanguagesTakeTheSameArguments() {
    for (String key : english.bundle().keySet()) {
      assertThat(arguments(chinese.get(key))).as(key).isEqualTo(arguments(english.get(key)));
    }
  }

  @Test
  void anUnknownLanguageIsEnglishWhateverTheSystemSpeaks() {
    assertThat(Messages.of(Locale.FRENCH).get("state.legacy")).isEqualTo("legacy");
  }

  @Test
  void whatWentWrongIsSaidInTheLanguageOfTheWindow() {
    Exception ours = new EnricherConfigurationException(EnrichCode.NO_TEXT.with());
    assertThat(english.sentence(ours)).isEqualTo(ours.getMessage());
    assertThat(chinese.sentence(ours)).isEqualTo("这条记忆没有文本，因此没有询问模型。");
    Exception others = new IllegalStateException("lost in translation");
    assertThat(chinese.sentence(others)).isEqualTo(chinese.get("error.unexpected"));
  }

  @Test
  void everyKeyInFxmlExists() throws IOException {
    assertThat(english.bundle().keySet()).containsAll(found(RESOURCES, ".fxml", IN_FXML));
  }

  @Test
  void everyKeyIsUsed() throws IOException {
    Set<String> used = found(RESOURCES, ".fxml", IN_FXML);
    used.addAll(found(JAVA, ".java", IN_CODE));
    for (Badge badge : Badge.values()) {
      used.add(badge.key());
    }
    for (KeyDiff.Kind kind : KeyDiff.Kind.values()) {
      used.add("diff." + kind.name().toLowerCase(Locale.ROOT));
      used.add("diff." + kind.name().toLowerCase(Locale.ROOT) + ".tip");
    }
    for (KeyDiff.Part part : KeyDiff.Part.values()) {
      used.add("diff.part." + part.name().toLowerCase(Locale.ROOT));
    }
    for (SourceFormat format : SourceFormat.values()) {
      if (format != SourceFormat.PLUGIN) {
        used.add("import.foreign." + format.name().toLowerCase(Locale.ROOT));
      }
    }
    for (RunState state : RunState.values()) {
      used.add("runState." + state.name().toLowerCase(Locale.ROOT));
    }
    for (String empty : Set.of("empty.noMatch", "empty.store", "empty.legacy")) {
      used.add(empty + ".title");
      used.add(empty + ".text");
    }
    assertThat(used).containsAll(english.bundle().keySet());
  }

  @Test
  void everyKeyInCodeExists() throws IOException {
    Set<String> sections = new TreeSet<>();
    english.bundle().keySet().forEach(key -> sections.add(key.replaceAll("\\..*", "")));
    Set<String> used = found(JAVA, ".java", IN_CODE);
    used.removeIf(
        key -> !sections.contains(key.replaceAll("\\..*", "")) || key.startsWith("empty."));
    assertThat(english.bundle().keySet()).containsAll(used);
  }

  private static final Pattern ONE_OF_MANY =
      Pattern.compile(
          "\\ball 1\\b|\\b1"
              + " (memories|entries|times|calls|rows|runs|records|acquisitions|locks|batches|levels"
              + "|parts|attempts|characters|others|models|snapshots|files|hours|days)\\b");

  /** What is said only of several, or of a bound that is large. */
  private static final Set<String> ALWAYS_MANY =
      Set.of(
          "duplicateId",
          "tooLong",
          "tooMany",
          "summarised",
          "overviewTooLong",
          "abstractTooLong",
          "includesTooDeep",
          "overview.recalled.often",
          "overview.recalled.some",
          "rows.copiedSome");

  @Test
  void oneIsNotMany() throws IOException {
    Object[] one = new Object[10];
    Arrays.fill(one, 1);
    for (Path file : sentences()) {
      Properties words = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        words.load(in);
      }
      words.keySet().removeAll(ALWAYS_MANY);
      words.forEach(
          (key, pattern) ->
              assertThat(Patterns.format((String) pattern, Locale.ENGLISH).format(one))
                  .as(file.getFileName() + " " + key)
                  .doesNotContainPattern(ONE_OF_MANY));
    }
  }

  private static List<Path> sentences() throws IOException {
    List<Path> found = new ArrayList<>(List.of(RESOURCES.resolve("messages.properties")));
    try (Stream<Path> files = Files.list(RESOURCES.resolveSibling("message"))) {
      files.filter(file -> !file.toString().contains("_zh_")).forEach(found::add);
    }
    return found;
  }

  private static Set<String> arguments(String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{(\\d)").matcher(pattern);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Set<String> found(Path folder, String ending, Pattern pattern) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    return keys;
  }
}
