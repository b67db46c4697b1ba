package dev.memoryconsole.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a store is. {@code toString()} shows it as it was given, and reads back by {@link #parse}.
 * Two locations are equal if they were given alike; {@link #canonical} makes one of all the names
 * that a place has. Immutable.
 */
public sealed interface StoreLocation {
  /** A file or a folder of this machine. */
  record OnDisk(Path path) implements StoreLocation {
    @Override
    public String name() {
      Path name = path.getFileName();
      return name == null ? path.toString() : name.toString();
    }

    /** Without links and dots as far as the path exists; absolute in any case. */
    @Override
    public OnDisk canonical() {
      return new OnDisk(RealPaths.of(path));
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A place that a server keeps. The URL never holds a password: what is given with one loses it.
   */
  record OnServer(String url) implements StoreLocation {
    private static final Pattern URL =
        Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern TABLE = Pattern.compile("[?&]table=(?:public\\.)?([^&#]+)");

    /** What a table is called where nobody says so. */
    private static final String USUAL = "memories";

    /**
     * Takes the password out.
     *
     * @throws IllegalArgumentException if it can't be told where a password ends; the message does
     *     not repeat the URL
     */
    public OnServer {
      Matcher parts = URL.matcher(url);
      String authority = parts.matches() ? parts.group(2) : "";
      String host = authority.substring(authority.lastIndexOf('@') + 1);
      if (authority.isEmpty()
          || url.lastIndexOf('@') > parts.end(2)
          || !Arrays.stream(host.split(",", -1)).allMatch(OnServer::isHost)) {
        throw new IllegalArgumentException("not the URL of a server");
      }
      String user = authority.substring(0, authority.length() - host.length());
      url =
          parts.group(1).toLowerCase(Locale.ROOT)
              + "://"
              + user.replaceFirst(":.*@$", "@")
              + host.toLowerCase(Locale.ROOT)
              + parts.group(3)
              + withoutPassword(parts.group(4) == null ? "" : parts.group(4).substring(1));
    }

    private static boolean isHost(String host) {
      return host.matches("[^:@]*|\\[[^\\]]*\\]|.*:[0-9]*");
    }

    private static String withoutPassword(String query) {
      String kept =
          Arrays.stream(query.split("&"))
              .filter(field -> !field.isEmpty() && !field.matches("(?i)[^=]*password.*"))
              .collect(Collectors.joining("&"));
      return kept.isEmpty() ? "" : "?" + kept;
    }

    /** The last part of the path, with the table if it is not the usual one; or all of the URL. */
    @Override
    public String name() {
      Matcher parts = URL.matcher(url);
      String path = parts.matches() ? parts.group(3) : "";
      String name = path.substring(path.lastIndexOf('/') + 1);
      Matcher table = TABLE.matcher(url);
      boolean usual = !table.find() || table.group(1).equals(USUAL);
      return name.isEmpty() ? url : usual ? name : name + " · " + table.group(1);
    }

    /** Itself: a URL is written in one way from the start. */
    @Override
    public OnServer canonical() {
      return this;
    }

    @Override
    public String toString() {
      return url;
    }
  }

  /** The file or folder at a path. */
  static StoreLocation of(Path path) {
    return new OnDisk(path);
  }

  /**
   * Reads what somebody typed or a file of settings kept: a URL if it has {@code ://}, else a path.
   *
   * @return empty if it can be neither
   */
  static Optional<StoreLocation> parse(String text) {
    try {
      return Optional.of(
          text.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")
              ? new OnServer(text)
              : new OnDisk(Path.of(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody typed a URL with a password in it, which {@link #parse} takes out. */
  static boolean holdsPassword(String text) {
    return text.matches(
        "[A-Za-z][A-Za-z0-9+.-]+://([^/?#]*:[^/?#]*@.*|.*[?&][^=&#]*(?i:password)[^=&#]*=.*)");
  }

  /** A short name for titles, not unique. */
  String name();

  /** The one location among all that lead to the same place. Touches the disk. */
  StoreLocation canonical();

  /**
   * What journals, snapshots and settings know an open store by. Only the key of a {@link
   * #canonical} location, which an open store's is, leads everybody to the same.
   */
  default String key() {
    return toString();
  }
}
