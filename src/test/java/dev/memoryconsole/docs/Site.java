package dev.memoryconsole.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prepares the pages of the site, and looks through what the generator has made of them. The
 * profile {@code site} runs it.
 */
final class Site {
  private static final Path TARGET = Path.of("target");
  private static final Path PAGES = TARGET.resolve("generated-site/markdown");
  private static final Path PICTURES = TARGET.resolve("generated-site/resources/pictures");
  private static final Path SCREENS = TARGET.resolve("screens");
  private static final Path MADE = TARGET.resolve("site");
  private static final Pattern LINK = Pattern.compile("(\\]\\()([^)\\s]+)(\\))");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
  private static final Pattern REFERENCE = Pattern.compile("<(\\w+)[^>]*? (href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" (?:id|name)=\"([^\"]+)\"");

  private final Map<Path, String> names = new HashMap<>();

  private Site() {}

  /** Either {@code pages}, before the generator, or {@code check}, after it. */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("pages")) {
      new Site().pages();
    } else {
      check();
    }
  }

  /** Writes all pages with links that hold on the site, and the pictures that they show. */
  private void pages() throws IOException {
    List<Page> pages = Page.all();
    for (Page page : pages) {
      names.put(page.file().normalize(), name(page.file()));
    }
    for (Page page : pages) {
      List<String> lines = new ArrayList<>();
      boolean code = false;
      for (String line : page.lines()) {
        code ^= line.startsWith("```");
        Matcher heading = HEADING.matcher(line);
        if (!code && heading.matches()) {
          // The generator names headings otherwise than GitHub, and the window.
          lines.add("<a id=\"" + Page.anchor(heading.group(1)) + "\"></a>");
          lines.add("");
        }
        lines.add(code ? line : withLinks(page, line));
      }
      Path file = PAGES.resolve(names.get(page.file().normalize()));
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    }
  }

  private static String name(Path file) {
    if (file.startsWith(Page.DOCS)) {
      return Page.DOCS.relativize(file).toString();
    }
    return file.endsWith("README.md") ? "index.md" : file.toString();
  }

  private String withLinks(Page page, String line) {
    return LINK.matcher(line)
        .replaceAll(
            (MatchResult found) ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + onTheSite(page, new Page.Link(found.group(2), false))
                        + found.group(3)));
  }

  private String onTheSite(Page page, Page.Link link) {
    if (link.isElsewhere() || link.path().isEmpty()) {
      return link.target();
    }
    Path here = Path.of(names.get(page.file().normalize()));
    Path file = page.file().resolveSibling(link.path()).normalize();
    String there = names.get(file);
    if (there == null) {
      there = file.toString().endsWith(".png") ? picture(file) : link.path();
    }
    Path folder = here.getParent() == null ? Path.of("") : here.getParent();
    String anchor = link.anchor().isEmpty() ? "" : "#" + link.anchor();
    return folder.relativize(Path.of(there)).toString().replace('\\', '/') + anchor;
  }

  /** The picture as the tour has just made it, or as it is in the project where it has not. */
  private static String picture(Path file) {
    Path made = SCREENS.resolve(file.getFileName());
    try {
      Files.createDirectories(PICTURES);
      Files.copy(
          Files.exists(made) ? made : file,
          PICTURES.resolve(file.getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException("There is no picture " + file + ".", e);
    }
    if (!Files.exists(made)) {
      System.out.println(file + " is the project's, because the tour has not made it now.");
    }
    return "pictures/" + file.getFileName();
  }

  /** Finds dead links, and what would be fetched from elsewhere when a page is looked at. */
  private static void check() throws IOException {
    List<String> wrong = new ArrayList<>();
    int links = 0;
    List<Path> files;
    try (Stream<Path> all = Files.walk(MADE)) {
      files = all.filter(file -> file.toString().endsWith(".html")).toList();
    }
    for (Path file : files) {
      for (MatchResult found : REFERENCE.matcher(Files.readString(file)).results().toList()) {
        links++;
        String target = found.group(3);
        boolean elsewhere = target.matches("(?:[a-z]+:)?//.*|[a-z]+:.*");
        boolean fetched = !found.group(1).equals("a");
        if (elsewhere ? fetched : !leads(file, target)) {
          wrong.add(file + ": " + target);
        }
      }
    }
    System.out.println(files.size() + " pages, " + links + " links.");
    if (files.isEmpty() || !wrong.isEmpty()) {
      throw new IllegalStateException("Wrong links:\n" + String.join("\n", wrong));
    }
  }

  private static boolean leads(Path from, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? from : from.resolveSibling(path).normalize();
    if (!Files.isRegularFile(file)) {
      return false;
    }
    if (hash < 0 || hash == target.length() - 1) {
      return true;
    }
    Set<String> ids = new HashSet<>();
    ID.matcher(Files.readString(file)).results().forEach(found -> ids.add(found.group(1)));
    return ids.contains(target.substring(hash + 1));
  }
}
