package dev.memoryconsole.store.lance;

import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Refuses what is no store of the plugin's, and says when a store must not be written. */
final class Inspection {
  /** The data format that the plugin's own Lance writes and can update without losing rows. */
  private static final int NEWEST_FORMAT = 200;

  /** The Lance this program brings, and with it the plugin's release it knows. */
  private static final int[] OURS = {2, 0};

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final List<String> TEXTS = List.of("id", "text", "category", "scope", "metadata");
  private static final List<String> NUMBERS = List.of("importance", "timestamp");

  private Inspection() {}

  /**
   * Where the store is.
   *
   * @throws StoreException if there is none
   */
  static Location locate(Path path) {
    return Location.of(path)
        .orElseThrow(
            () ->
                new StoreException(
                    Files.isDirectory(path)
                        ? "%s holds no table memories.lance; nothing was changed, choose the plugin's directory (by default ~/.openclaw/memory/lancedb-pro)."
                            .formatted(path)
                        : "There is no directory %s; nothing was changed, check the name."
                            .formatted(path)));
  }

  /**
   * Refuses a table that is not one of memories.
   *
   * @throws StoreException if it is refused
   */
  static void accept(Path store, Schema schema) {
    for (String column : TEXTS) {
      require(store, column, field(schema, column), ArrowType.Utf8.class);
    }
    for (String column : NUMBERS) {
      require(store, column, field(schema, column), ArrowType.FloatingPoint.class);
    }
    Field vector = field(schema, "vector");
    if (vector == null || !(vector.getType() instanceof ArrowType.FixedSizeList)) {
      throw new StoreException(
          "The table in %s has no column vector, so the plugin could not find its memories; nothing was changed, choose the directory that the plugin itself writes or have the plugin rebuild its vectors."
              .formatted(store));
    }
  }

  private static void require(
      Path store, String column, @Nullable Field field, Class<? extends ArrowType> type) {
    if (field == null || !type.isInstance(field.getType())) {
      throw new StoreException(
          "%s is no table of memories: %s; nothing was changed, choose the directory of the plugin memory-lancedb-pro."
              .formatted(
                  store,
                  field == null
                      ? "it lacks the column " + column
                      : "its column " + column + " is of the type " + field.getType()));
    }
  }

  private static @Nullable Field field(Schema schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Why this version of the table must not be written; empty if it may. */
  static Optional<String> writeRefusal(Location store, long version) {
    Manifest manifest;
    try {
      manifest = Manifest.read(store.dataset(), version);
    } catch (IOException e) {
      return Optional.of(
          "%s can't be checked before it is written, because the manifest of its version %d can't be read; nothing was changed, try again."
              .formatted(store.root(), version));
    }
    if (isNewer(manifest.writer())) {
      return Optional.of(Problems.newer(store.root(), "Lance " + manifest.writer()));
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
