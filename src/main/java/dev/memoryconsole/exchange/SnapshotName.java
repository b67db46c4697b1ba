package dev.memoryconsole.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of snapshots' files, such as {@code 20261123-093000-000-run-7.db}. Sorted by name they
 * are in order of time.
 */
final class SnapshotName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern NAME =
      Pattern.compile("(\\d{8}-\\d{6}-\\d{3})-(manual|restore|run-(\\d{1,18}))\\.db");

  private SnapshotName() {}

  static String of(Instant takenAt, Snapshot.Cause cause, long run) {
    String word = cause.name().toLowerCase(Locale.ROOT);
    return TIME.format(takenAt)
        + "-"
        + (cause == Snapshot.Cause.RUN ? word + "-" + run : word)
        + Snapshot.ENDING;
  }

  /** When the snapshot in a file of this name was taken; empty for any other name. */
  static Optional<Instant> timeOf(String file) {
    Matcher matcher = NAME.matcher(file);
    try {
      return matcher.matches() ? Optional.of(takenAt(matcher)) : Optional.empty();
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static Instant takenAt(Matcher name) {
    return LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC);
  }

  /** The snapshot in a file; empty for any other file, and for one that is gone. */
  static Optional<Snapshot> read(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant takenAt = takenAt(matcher);
      String run = matcher.group(3);
      Snapshot.Cause cause =
          run == null
              ? Snapshot.Cause.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))
              : Snapshot.Cause.RUN;
      return Optional.of(
          new Snapshot(
              file, takenAt, cause, run == null ? 0 : Long.parseLong(run), Files.size(file)));
    } catch (DateTimeException | IOException noSnapshot) {
      return Optional.empty();
    }
  }
}
