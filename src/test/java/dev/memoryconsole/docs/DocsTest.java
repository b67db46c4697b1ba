package dev.memoryconsole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documentation says what is so: its links, its pictures, its promises, the program's words.
 */
class DocsTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path WORDS = Path.of("src/main/resources/dev/memoryconsole");
  private static final Pattern SHOT = Pattern.compile("shoot\\((?:stage, )?\"([^\"]+)\"");
  private static final Pattern SAID = Pattern.compile("\\| “(.+)” \\| .*");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Page page : Page.all()) {
      for (Page.Link link : page.links()) {
        links++;
        if (!link.isElsewhere() && !leads(page, link)) {
          dead.add(page.file() + ": " + link.target());
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(150);
  }

  private static boolean leads(Page from, Page.Link link) throws IOException {
    Path file = link.path().isEmpty() ? from.file() : from.file().resolveSibling(link.path());
    return Files.exists(file)
        && (link.anchor().isEmpty() || Page.of(file).anchors().contains(link.anchor()));
  }

  @Test
  void theChineseGuideHasTheChaptersOfTheEnglishOne() throws IOException {
    Page english = Page.of(Page.DOCS.resolve("guide.md"));
    Page chinese = Page.of(Page.DOCS.resolve("guide_zh_CN.md"));
    assertThat(chinese.ids()).isEqualTo(english.chapters());
    assertThat(chinese.links()).hasSameSizeAs(english.links());
    assertThat(chinese.firstCells()).hasSameSizeAs(english.firstCells());
    assertThat(chinese.code()).isEqualTo(english.code());
  }

  @Test
  void everyPictureIsOneThatATourMakes() throws IOException {
    List<String> made = made();
    List<String> pictures = new ArrayList<>();
    for (Page page : Page.all()) {
      page.links().stream()
          .filter(Page.Link::picture)
          .map(link -> Path.of(link.path()).getFileName().toString())
          .forEach(pictures::add);
    }
    assertThat(pictures)
        .isNotEmpty()
        .allSatisfy(
            picture ->
                assertThat(made).contains(picture.replaceFirst("(-light|-dark)?\\.png$", "")));
  }

  private static List<String> made() throws IOException {
    List<String> made = new ArrayList<>();
    try (Stream<Path> files = Files.walk(TESTS.resolve("dev/memoryconsole/ui"))) {
      for (Path file : files.filter(path -> path.toString().endsWith("TourTest.java")).toList()) {
        SHOT.matcher(Files.readString(file)).results().forEach(shot -> made.add(shot.group(1)));
      }
    }
    return made;
  }

  @Test
  void everyPromiseNamesTestsThatAreThere() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    for (Page page : List.of(Page.of(Path.of("README.md")), Page.of(Path.of("CONTRIBUTING.md")))) {
      TEST.matcher(String.join("\n", page.lines())).results().forEach(t -> named.add(t.group(1)));
    }
    TreeSet<String> there = new TreeSet<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .forEach(name -> there.add(name.replace(".java", "")));
    }
    assertThat(named).hasSizeGreaterThan(15).isSubsetOf(there);
  }

  @Test
  void everySentenceInTroubleshootingIsOneThatTheProgramSays() throws IOException {
    List<String> words = words("");
    List<String> said = new ArrayList<>();
    for (String line : Page.of(Page.DOCS.resolve("troubleshooting.md")).prose()) {
      Matcher row = SAID.matcher(line);
      if (row.matches()) {
        said.add(row.group(1));
      }
    }
    assertThat(said)
        .hasSizeGreaterThan(80)
        .allMatch(
            sentence -> words.stream().anyMatch(pattern -> says(pattern, sentence)),
            "is a sentence of the program");
  }

  /** Whether the parts of the sentence between its … are in the pattern, in their order. */
  private static boolean says(String pattern, String sentence) {
    int from = 0;
    for (String part : sentence.split("…", -1)) {
      int at = pattern.indexOf(part.strip(), from);
      if (at < 0) {
        return false;
      }
      from = at + part.strip().length();
    }
    return true;
  }

  /** The patterns of one language, with … for their arguments. */
  private static List<String> words(String language) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(WORDS.resolve("ui/messages" + language + ".properties"));
    try (Stream<Path> in = Files.list(WORDS.resolve("message"))) {
      in.filter(file -> file.getFileName().toString().matches("\\w[^_]*" + language + "\\.\\w+"))
          .forEach(files::add);
    }
    List<String> words = new ArrayList<>();
    for (Path file : files) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.values().forEach(value -> words.add(plain((String) value)));
    }
    return words;
  }

  private static String plain(String pattern) {
    StringBuilder plain = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{' && depth++ == 0) {
        plain.append('…');
      } else if (c == '}') {
        depth--;
      } else if (depth == 0) {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
