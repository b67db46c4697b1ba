package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.lance.format.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Refuses what is no store of the plugin's, and says when a store must not be written. */
public final class TableCheck {
  /** The data format that the plugin's own Lance writes and can update without losing rows. */
  private static final int NEWEST_FORMAT = 200;

  /** The Lance this program brings, and with it the plugin's release it knows. */
  private static final int[] OURS = {2, 0};

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final List<String> ALL =
      List.of(
          TableColumns.ID,
          TableColumns.TEXT,
          TableColumns.CATEGORY,
          TableColumns.SCOPE,
          TableColumns.METADATA,
          TableColumns.IMPORTANCE,
          TableColumns.TIMESTAMP);
  private static final Set<String> NUMBERS =
      Set.of(TableColumns.IMPORTANCE, TableColumns.TIMESTAMP, TableColumns.CREATED);

  private TableCheck() {}

  /**
   * Where the store is.
   *
   * @throws StoreException if there is none
   */
  static PluginFolder locate(Path path) {
    return PluginFolder.of(path)
        .orElseThrow(
            () ->
                new StoreException(
                    "%s; nothing was changed, %s.".formatted(nothing(path), remedy(path))));
  }

  private static String nothing(Path path) {
    if (!Files.isDirectory(path)) {
      return "There is no directory " + path;
    }
    if (!isOpen(path)) {
      return "The directory %s may not be read by you".formatted(path);
    }
    return Files.exists(path.resolve(PluginFolder.TABLE))
        ? "%s in %s is a file, where LanceDB has a directory".formatted(PluginFolder.TABLE, path)
        : "%s holds no table %s".formatted(path, PluginFolder.TABLE);
  }

  private static String remedy(Path path) {
    if (!Files.isDirectory(path)) {
      return "check the name";
    }
    return isOpen(path)
        ? "choose the plugin's directory (by default ~/.openclaw/memory/lancedb-pro)"
        : "ask for permission to it";
  }

  private static boolean isOpen(Path directory) {
    return Files.isReadable(directory) && Files.isExecutable(directory);
  }

  /**
   * Refuses a table that is not one of memories.
   *
   * @return which columns it has
   * @throws StoreException if it is refused
   */
  static Shape accept(Path store, Schema schema) {
    Shape shape = Shape.of(schema);
    List<String> columns = shape.isBuiltIn() ? shape.ofEntry() : ALL;
    for (String column : columns) {
      Field field = field(schema, column);
      if (field == null) {
        throw none(store, "it lacks the column " + column);
      }
      if (!fits(column, field.getType())) {
        throw none(store, "its column " + column + " is of the type " + field.getType());
      }
    }
    Field vector = field(schema, "vector");
    if (vector == null || !(vector.getType() instanceof ArrowType.FixedSizeList)) {
      throw new StoreException(
          "The table in %s has no column vector, so the plugin could not find its memories; nothing was changed, choose the directory that the plugin itself writes or have the plugin rebuild its vectors."
              .formatted(store));
    }
    return shape;
  }

  /** Forks of the plugin, and older versions of it, have other types than it has today. */
  private static boolean fits(String column, ArrowType type) {
    if (NUMBERS.contains(column)) {
      return type instanceof ArrowType.Int
          || (type instanceof ArrowType.Timestamp && !column.equals(TableColumns.IMPORTANCE))
          || (type instanceof ArrowType.FloatingPoint number
              && number.getPrecision() != FloatingPointPrecision.HALF);
    }
    return type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8;
  }

  private static StoreException none(Path store, String why) {
    return new StoreException(
        "%s is no table of memories: %s; nothing was changed, choose the directory of the plugin memory-lancedb-pro."
            .formatted(store, why));
  }

  private static @Nullable Field field(Schema schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Why this version of the table must not be written; empty if it may. */
  public static Optional<String> writeRefusal(PluginFolder store, long version) {
    Manifest manifest;
    try {
      manifest = Manifest.read(store.dataset(), version);
    } catch (NoSuchFileException cleanedUp) {
      throw new VanishedException(
          "The version %d of %s is not kept any more; nothing was changed, try again."
              .formatted(version, store.root()),
          cleanedUp);
    } catch (IOException e) {
      return Optional.of(
          "%s can't be checked before it is written, because the manifest of its version %d can't be read; nothing was changed, try again."
              .formatted(store.root(), version));
    }
    if (isNewer(manifest.writer())) {
      return Optional.of(LanceProblems.newer(store.root(), "Lance " + manifest.writer()));
    }
    if (manifest.format() > NEWEST_FORMAT) {
      return Optional.of(
          "The data files of %s have the format %d.%d, in which the plugin loses a row when it updates one, so that only 2.0 is written; nothing was changed, have the plugin write its store anew in the format 2.0."
              .formatted(store.root(), manifest.format() / 100, manifest.format() % 100));
    }
    return Optional.empty();
  }

  private static boolean isNewer(String writer) {
    List<Integer> parts =
        NUMBER.matcher(writer).results().map(part -> Integer.valueOf(part.group())).toList();
    for (int i = 0; i < OURS.length; i++) {
      int part = i < parts.size() ? parts.get(i) : 0;
      if (part != OURS[i]) {
        return part > OURS[i];
      }
    }
    return false;
  }
}
