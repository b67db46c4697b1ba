package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.lance.format.LanceCode;
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
    return PluginFolder.of(path).orElseThrow(() -> new StoreException(nothing(path)));
  }

  private static Message nothing(Path path) {
    if (!Files.isDirectory(path)) {
      return LanceCode.NO_DIRECTORY.with(path);
    }
    if (!isOpen(path)) {
      return LanceCode.MAY_NOT_READ.with(path);
    }
    return Files.exists(path.resolve(PluginFolder.TABLE))
        ? LanceCode.TABLE_IS_A_FILE.with(PluginFolder.TABLE, path)
        : LanceCode.NO_TABLE.with(path, PluginFolder.TABLE);
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
        throw none(store, LanceCode.LACKS_COLUMN.with(column));
      }
      if (!fits(column, field.getType())) {
        throw none(store, LanceCode.OTHER_TYPE.with(column, field.getType().toString()));
      }
    }
    Field vector = field(schema, "vector");
    if (vector == null || !(vector.getType() instanceof ArrowType.FixedSizeList)) {
      throw new StoreException(LanceCode.NO_VECTOR.with(store));
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

  private static StoreException none(Path store, Message why) {
    return new StoreException(LanceCode.NO_MEMORIES.with(store, why));
  }

  private static @Nullable Field field(Schema schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Why this version of the table must not be written; empty if it may. */
  public static Optional<Message> writeRefusal(PluginFolder store, long version) {
    Manifest manifest;
    try {
      manifest = Manifest.read(store.dataset(), version);
    } catch (NoSuchFileException cleanedUp) {
      throw new VanishedException(LanceCode.VERSION_GONE.with(version, store.root()), cleanedUp);
    } catch (IOException e) {
      return Optional.of(LanceCode.MANIFEST_UNREADABLE.with(store.root(), version));
    }
    if (isNewer(manifest.writer())) {
      return Optional.of(
          LanceProblems.newer(store.root(), LanceCode.LANCE_VERSION.with(manifest.writer())));
    }
    if (manifest.format() > NEWEST_FORMAT) {
      return Optional.of(
          LanceCode.LOSES_ROWS.with(
              store.root(), manifest.format() / 100, manifest.format() % 100));
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
