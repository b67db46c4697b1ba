package dev.memoryconsole.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code of every room has words in both languages, and every word has a code. */
class CodesTest {
  private static final Path BUNDLES = Path.of("src/main/resources/dev/memoryconsole/message");
  private static final List<String> LANGUAGES = List.of("", "_zh_CN");
  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)(,?)");

  @Test
  void everyCodeHasWordsThatTakeAllItsArguments() throws Exception {
    for (MessageCode code : Codes.all()) {
      for (String language : LANGUAGES) {
        String pattern = bundle(code.room() + language).getProperty(code.key(), "");
        assertThat(pattern).as(code.code() + language).isNotBlank();
        Patterns.format(pattern, Locale.ENGLISH);
        Set<Integer> used = new TreeSet<>();
        Matcher places = PLACE.matcher(pattern);
        while (places.find()) {
          int place = Integer.parseInt(places.group(1));
          used.add(place);
          assertThat(places.group(2).isEmpty() || isNumber(code, place))
              .as("only a number has a format: %s%s", code.code(), language)
              .isTrue();
        }
        assertThat(used).as(code.code() + language).isEqualTo(places(code.parameters().size()));
      }
    }
  }

  @Test
  void everyWordHasACode() throws Exception {
    Set<String> known = new TreeSet<>();
    Codes.all().forEach(code -> known.add(code.code()));
    Set<String> found = new TreeSet<>();
    for (Path file : bundles()) {
      String room = file.getFileName().toString().replaceFirst("(_zh_CN)?\\.properties$", "");
      if (!room.equals("wording")) {
        bundle(file).stringPropertyNames().forEach(key -> found.add(room + "." + key));
      }
    }
    assertThat(found).isEqualTo(known);
  }

  @Test
  void noTwoCodesAreCalledTheSame() throws Exception {
    assertThat(Codes.all().stream().map(MessageCode::code)).doesNotHaveDuplicates();
  }

  @Test
  void anApostropheIsWrittenOnce() throws Exception {
    for (Path file : bundles()) {
      assertThat(bundle(file).values()).as("%s", file).noneMatch(v -> v.toString().contains("''"));
    }
  }

  private static boolean isNumber(MessageCode code, int place) {
    return place < code.parameters().size()
        && Set.of(Argument.NUMBER, Argument.DECIMAL, Argument.DURATION)
            .contains(code.parameters().get(place));
  }

  private static Set<Integer> places(int count) {
    Set<Integer> places = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      places.add(i);
    }
    return places;
  }

  private static List<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files.sorted().toList();
    }
  }

  private static Properties bundle(String name) throws IOException {
    return bundle(BUNDLES.resolve(name + ".properties"));
  }

  private static Properties bundle(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
