package dev.memoryconsole.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, as GitHub reads it. */
record Page(Path file, List<String> lines) {
  /**
   * A link or picture.
   *
   * @param target as it is written
   * @param picture whether it is shown in its place
   */
  record Link(String target, boolean picture) {
    boolean isElsewhere() {
      return target.matches("[a-z]+:.*");
    }

    /** The file; empty for the page itself. */
    String path() {
      return target.replaceFirst("#.*", "");
    }

    /** The place on that page; empty for its beginning. */
    String anchor() {
      return target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
    }
  }

  static final Path DOCS = Path.of("src/docs");

  private static final Pattern LINK = Pattern.compile("(!?)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
  private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  static Page of(Path file) throws IOException {
    return new Page(file, Files.readAllLines(file));
  }

  /** All pages: those of the docs, and those in the project's own folder. */
  static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(Path.of(""), DOCS, DOCS.resolve("adr"))) {
      try (Stream<Path> in = Files.list(folder)) {
        in.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      }
    }
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(of(file));
    }
    return pages;
  }

  /** All links and pictures, but those in code. */
  List<Link> links() {
    return prose().stream()
        .flatMap(line -> LINK.matcher(CODE.matcher(line).replaceAll("")).results())
        .map(found -> new Link(found.group(2), !found.group(1).isEmpty()))
        .toList();
  }

  /** The places that a link can lead to. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String line : prose()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor = anchor(heading.group(1));
        int again = 1;
        while (!anchors.add(again == 1 ? anchor : anchor + "-" + (again - 1))) {
          again++;
        }
      }
    }
    anchors.addAll(ids());
    return anchors;
  }

  /** The places that have a name of their own, in their order. */
  List<String> ids() {
    return prose().stream()
        .flatMap(line -> ID.matcher(line).results())
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** The places of the headings of the second level and below, in their order. */
  List<String> chapters() {
    return prose().stream()
        .filter(line -> line.startsWith("##"))
        .map(line -> anchor(line.replaceFirst("#+ +", "")))
        .toList();
  }

  /** The first cell of each row of a table. */
  List<String> firstCells() {
    return prose().stream()
        .filter(line -> line.startsWith("|"))
        .map(line -> line.replaceFirst("\\| *(.*?) *\\|.*", "$1"))
        .toList();
  }

  /** What is between fences. */
  List<String> code() {
    List<String> code = new ArrayList<>(lines);
    prose().forEach(code::remove);
    code.removeIf(line -> line.startsWith("```"));
    return code;
  }

  /** What is not between fences. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        prose.add(line);
      }
    }
    return prose;
  }

  /** The place that a heading makes. */
  static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
        .replace(' ', '-');
  }
}
