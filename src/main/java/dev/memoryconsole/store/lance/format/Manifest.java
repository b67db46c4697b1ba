package dev.memoryconsole.store.lance.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a version of a Lance dataset says about itself. Read from the manifest file, because Lance's
 * Java interface tells most of it only after it has read, and ended the process over, what it does
 * not know.
 *
 * @param writer the version of the Lance that wrote it, for example {@code 2.0.0}; empty if unknown
 * @param format the highest version of its data files' format, and of those to come, in hundredths:
 *     200 is 2.0
 * @param writtenAt when this version was written
 * @param files its data files
 * @param deletions the files that say which rows are deleted, in the folder {@code _deletions}
 * @see <a
 *     href="https://github.com/lance-format/lance/blob/v2.0.0/protos/table.proto">table.proto</a>
 */
public record Manifest(
    String writer, int format, Instant writtenAt, List<DataFile> files, List<Deletions> deletions) {
  private static final long LARGEST = 256L << 20;
  private static final int FOOTER = 16;
  static final int MAGIC = 0x434E414C;
  private static final int HUNDRED = 100;
  private static final Pattern NAME = Pattern.compile("(\\d{1,20})\\.manifest");
  private static final Pattern FORMAT = Pattern.compile("(\\d{1,4})\\.(\\d{1,2})");
  private static final int COUNTS_DOWN = 20;

  /**
   * One data file.
   *
   * @param name its name in the folder {@code data}
   * @param format the version of its format in hundredths
   * @param bytes its size; 0 if the manifest doesn't say
   * @param elsewhere whether it is not in the dataset's own folder
   */
  public record DataFile(String name, int format, long bytes, boolean elsewhere) {}

  /**
   * A file that says which rows of a fragment are deleted.
   *
   * @param name its name in the folder {@code _deletions}
   * @param rows how many
   */
  public record Deletions(String name, long rows) {}

  /**
   * The number of the latest version.
   *
   * @return empty if there is none, or no folder of versions
   * @throws IOException if that folder can't be read
   */
  public static OptionalLong latest(Path dataset) throws IOException {
    Path versions = versions(dataset);
    if (!Files.isDirectory(versions)) {
      return OptionalLong.empty();
    }
    try (Stream<Path> files = Files.list(versions)) {
      return files
          .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(match -> match.group(1))
          .mapToLong(Manifest::version)
          .filter(version -> version >= 0)
          .max();
    }
  }

  // The newer naming counts down from 2^64 - 1, so that the latest version comes first.
  private static long version(String digits) {
    try {
      return digits.length() == COUNTS_DOWN
          ? -1L - Long.parseUnsignedLong(digits)
          : Long.parseLong(digits);
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  private static Path versions(Path dataset) {
    return dataset.resolve("_versions");
  }

  /** The file of one version, whether or not it is there. */
  public static Path file(Path dataset, long version) {
    Path file = versions(dataset).resolve(Long.toUnsignedString(-1L - version) + ".manifest");
    return Files.exists(file) ? file : versions(dataset).resolve(version + ".manifest");
  }

  /**
   * Reads the manifest of one version.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws DamagedFileException if it is no manifest
   */
  public static Manifest read(Path dataset, long version) throws IOException {
    Path file = file(dataset, version);
    if (Files.size(file) > LARGEST) {
      throw new DamagedFileException(file, LanceCode.TOO_LARGE);
    }
    return parse(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), file);
  }

  private static Manifest parse(ByteBuffer file, Path name) throws IOException {
    int end = file.limit();
    if (end == 0) {
      throw new DamagedFileException(name, LanceCode.IS_EMPTY);
    }
    if (end < FOOTER || file.getInt(end - Integer.BYTES) != MAGIC) {
      throw new DamagedFileException(name, LanceCode.NO_MANIFEST);
    }
    try {
      return new Parts().read(at(file, file.getLong(end - FOOTER)), file).manifest();
    } catch (IndexOutOfBoundsException
        | ArithmeticException
        | DateTimeException
        | IllegalArgumentException e) {
      throw new DamagedFileException(name, LanceCode.IS_DAMAGED, e);
    }
  }

  /** A message behind its length. */
  private static ProtoMessage at(ByteBuffer file, long start) {
    int from = Math.toIntExact(start);
    return new ProtoMessage(file.slice(from + Integer.BYTES, file.getInt(from)));
  }

  /** What is gathered while the fields go by. */
  private static final class Parts {
    private static final int FIELDS = 1;
    private static final int FRAGMENTS = 2;
    private static final int INDEXES = 6;
    private static final int TIMESTAMP = 7;
    private static final int TRANSACTION = 21;
    private static final int WRITER = 13;
    private static final int DATA_FORMAT = 15;
    private static final int FRAGMENT_FILES = 2;
    private static final int FRAGMENT_DELETIONS = 3;
    private static final int FILE_MAJOR = 4;
    private static final int FILE_MINOR = 5;
    private static final int FILE_BYTES = 6;
    private static final int FILE_BASE = 7;
    private static final int DELETION_BASE = 7;

    private final Fields fields = new Fields();
    private final List<DataFile> files = new ArrayList<>();
    private final List<Deletions> deletions = new ArrayList<>();
    private Instant writtenAt = Instant.EPOCH;
    private String writer = "";
    private int format;

    Parts read(ProtoMessage manifest, ByteBuffer file) {
      while (manifest.next()) {
        switch (manifest.field()) {
          case FIELDS -> fields.add(manifest.message());
          case FRAGMENTS -> fragment(manifest.message());
          case INDEXES, TRANSACTION -> at(file, manifest.number()).walk();
          case TIMESTAMP -> writtenAt = time(manifest.message());
          case WRITER -> writer = text(manifest.message(), 2);
          case DATA_FORMAT -> format = Math.max(format, format(text(manifest.message(), 2)));
          default -> {
            // Nothing depends on it.
          }
        }
      }
      if (fields.count() == 0) {
        throw new IllegalArgumentException("no columns");
      }
      return this;
    }

    Manifest manifest() {
      return new Manifest(writer, format, writtenAt, List.copyOf(files), List.copyOf(deletions));
    }

    private static int format(String text) {
      Matcher match = FORMAT.matcher(text);
      return match.matches()
          ? Integer.parseInt(match.group(1)) * HUNDRED + Integer.parseInt(match.group(2))
          : 0;
    }

    private static String text(ProtoMessage message, int field) {
      String text = "";
      while (message.next()) {
        if (message.field() == field) {
          text = message.text();
        }
      }
      return text;
    }

    private static Instant time(ProtoMessage message) {
      long seconds = 0;
      long nanos = 0;
      while (message.next()) {
        if (message.field() == 1) {
          seconds = message.number();
        } else if (message.field() == 2) {
          nanos = message.number();
        }
      }
      return Instant.ofEpochSecond(seconds, nanos);
    }

    private void fragment(ProtoMessage fragment) {
      long id = 0;
      ProtoMessage deletion = null;
      while (fragment.next()) {
        switch (fragment.field()) {
          case 1 -> id = fragment.number();
          case FRAGMENT_FILES -> files.add(file(fragment.message()));
          case FRAGMENT_DELETIONS -> deletion = fragment.message();
          default -> {
            // Nothing depends on it.
          }
        }
      }
      if (deletion != null) {
        deletion(id, deletion);
      }
    }

    private DataFile file(ProtoMessage file) {
      String name = "";
      int major = 0;
      int minor = 0;
      long bytes = 0;
      boolean elsewhere = false;
      while (file.next()) {
        switch (file.field()) {
          case 1 -> name = file.text();
          case FILE_MAJOR -> major = Math.toIntExact(file.number());
          case FILE_MINOR -> minor = Math.toIntExact(file.number());
          case FILE_BYTES -> bytes = file.number();
          case FILE_BASE -> elsewhere = true;
          default -> {
            // Nothing depends on it.
          }
        }
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a data file without a name");
      }
      int version = Math.addExact(Math.multiplyExact(major, HUNDRED), minor);
      format = Math.max(format, version);
      return new DataFile(name, version, bytes, elsewhere);
    }

    private void deletion(long fragment, ProtoMessage deletion) {
      boolean bitmap = false;
      long version = 0;
      long id = 0;
      long rows = 0;
      boolean elsewhere = false;
      while (deletion.next()) {
        switch (deletion.field()) {
          case 1 -> bitmap = deletion.number() == 1;
          case 2 -> version = deletion.number();
          case 3 -> id = deletion.number();
          case 4 -> rows = deletion.number();
          case DELETION_BASE -> elsewhere = true;
          default -> {
            // Nothing depends on it.
          }
        }
      }
      if (!elsewhere) {
        String name =
            String.join(
                "-",
                Long.toUnsignedString(fragment),
                Long.toUnsignedString(version),
                Long.toUnsignedString(id));
        deletions.add(new Deletions(name + (bitmap ? ".bin" : ".arrow"), rows));
      }
    }
  }
}
