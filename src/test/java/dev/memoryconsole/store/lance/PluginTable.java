package dev.memoryconsole.store.lance;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.lance.library.NativeLibrary;
import dev.memoryconsole.store.lance.table.Scans;
import dev.memoryconsole.store.lance.table.Shape;
import dev.memoryconsole.store.lance.table.TableColumns;
import dev.memoryconsole.testing.Entries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.ReadOptions;
import org.lance.WriteParams;

/** The plugin's table, made and written as the plugin does it, by Lance itself. */
public final class PluginTable implements AutoCloseable {
  /** How many numbers a vector has, if nobody says otherwise. */
  public static final int DIMENSION = 32;

  private static final Clock CLOCK = Clock.systemUTC();

  private final Path root;
  private final int dimension;
  private final BufferAllocator allocator;

  private PluginTable(Path root, int dimension) {
    this.root = root;
    this.dimension = dimension;
    NativeLibrary.load(natives());
    this.allocator = new RootAllocator();
  }

  /** Where tests have the native library. */
  public static Path natives() {
    return Workspace.cache().resolve("native");
  }

  /** How tests open stores. */
  public static LanceOptions options() {
    return new LanceOptions(LanceOptions.PATIENCE, CLOCK, natives(), Optional::empty);
  }

  /** An empty table in a new directory. */
  public static PluginTable create(Path root) {
    return create(root, DIMENSION, WriteParams.LanceFileVersion.V2_0);
  }

  /** An empty table with vectors of this many numbers, in this file format. */
  public static PluginTable create(Path root, int dimension, WriteParams.LanceFileVersion format) {
    PluginTable table = new PluginTable(root, dimension);
    table.write(schema(dimension), List.of(), WriteParams.WriteMode.CREATE, format);
    return table;
  }

  /** A table that is there. */
  public static PluginTable of(Path root) {
    return new PluginTable(root, DIMENSION);
  }

  /** A copy of the store that the plugin itself wrote: 320 memories. */
  public static Path copyOfReal(Path target) throws IOException {
    return copy(resource("plugin-store"), target);
  }

  /** A copy of a store in the tests' resources. */
  public static Path copyOf(String name, Path target) throws IOException {
    return copy(resource(name), target);
  }

  /** A copy of a folder. */
  public static Path copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return target;
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(PluginTable.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plugin's directory. */
  public Path root() {
    return root;
  }

  /** The dataset. */
  public Path dataset() {
    return root.resolve("memories.lance");
  }

  /** The plugin's columns. */
  public static Schema schema(int dimension) {
    List<Field> fields = new ArrayList<>();
    for (String name : List.of("id", "text")) {
      fields.add(Field.nullable(name, new ArrowType.Utf8()));
    }
    Field number =
        Field.nullable("item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    fields.add(
        new Field(
            "vector", FieldType.nullable(new ArrowType.FixedSizeList(dimension)), List.of(number)));
    for (String name : List.of("category", "scope")) {
      fields.add(Field.nullable(name, new ArrowType.Utf8()));
    }
    for (String name : List.of("importance", "timestamp")) {
      fields.add(Field.nullable(name, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)));
    }
    fields.add(Field.nullable("metadata", new ArrowType.Utf8()));
    return new Schema(fields);
  }

  /** Adds rows, whether or not their ids are there. */
  public void add(Collection<MemoryEntry> entries) {
    write(
        schema(dimension),
        entries,
        WriteParams.WriteMode.APPEND,
        WriteParams.LanceFileVersion.V2_0);
  }

  /** Deletes rows. */
  public void delete(String filter) {
    try (Dataset dataset = open()) {
      dataset.delete(filter);
    }
  }

  /** Gives rows other metadata as the plugin does: it deletes each and adds it. */
  public void update(Collection<String> ids, UnaryOperator<@Nullable String> metadata)
      throws Exception {
    List<MemoryEntry> rows;
    try (Dataset dataset = open()) {
      rows = Scans.byIds(dataset, Shape.of(dataset.getSchema()), ids);
    }
    for (MemoryEntry row : rows) {
      delete("id = '" + row.id().replace("'", "''") + "'");
      add(List.of(Entries.withMetadata(row, metadata.apply(row.metadata()))));
    }
  }

  /** The table, at its latest version. */
  public Dataset open() {
    return Dataset.open()
        .allocator(allocator)
        .uri(dataset().toString())
        .readOptions(new ReadOptions.Builder().build())
        .build();
  }

  /** Makes a table of any columns. */
  public static void createOdd(Path root, Schema schema) {
    createOdd(root, schema, List.of());
  }

  /** The same with rows. */
  public static void createOdd(Path root, Schema schema, List<MemoryEntry> entries) {
    try (PluginTable table = new PluginTable(root, DIMENSION)) {
      table.write(schema, entries, WriteParams.WriteMode.CREATE, WriteParams.LanceFileVersion.V2_0);
    }
  }

  /** The plugin's columns, one of them of another type. */
  public static Schema schemaWith(String column, ArrowType type) {
    return new Schema(
        schema(DIMENSION).getFields().stream()
            .map(field -> field.getName().equals(column) ? Field.nullable(column, type) : field)
            .toList());
  }

  private void write(
      Schema schema,
      Collection<MemoryEntry> entries,
      WriteParams.WriteMode mode,
      WriteParams.LanceFileVersion format) {
    try (VectorSchemaRoot rows = VectorSchemaRoot.create(schema, allocator)) {
      Files.createDirectories(root);
      rows.allocateNew();
      int row = 0;
      for (MemoryEntry entry : entries) {
        put(rows, row++, entry);
      }
      rows.setRowCount(row);
      try (BatchStream source = new BatchStream(allocator, rows);
          ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
        Data.exportArrayStream(allocator, source, stream);
        Dataset.write().allocator(allocator).stream(stream)
            .uri(dataset().toString())
            .mode(mode)
            .dataStorageVersion(format)
            .execute()
            .close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(VectorSchemaRoot rows, int row, MemoryEntry entry) {
    text(rows, "id", row, entry.id());
    text(rows, "text", row, entry.text());
    text(rows, "category", row, entry.category());
    text(rows, "scope", row, entry.scope());
    text(rows, "metadata", row, entry.metadata());
    number(rows, "importance", row, entry.importance());
    number(rows, "timestamp", row, entry.timestamp());
    FixedSizeListVector vector = (FixedSizeListVector) rows.getVector("vector");
    vector.setNotNull(row);
    Float4Vector numbers = (Float4Vector) vector.getDataVector();
    Random random = new Random(entry.id().hashCode());
    for (int i = 0; i < dimension; i++) {
      numbers.setSafe(row * dimension + i, random.nextFloat() - 0.5f);
    }
  }

  private static void text(VectorSchemaRoot rows, String column, int row, @Nullable String value) {
    VarCharVector vector = (VarCharVector) rows.getVector(column);
    if (value == null) {
      vector.setNull(row);
    } else {
      vector.setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void number(
      VectorSchemaRoot rows, String column, int row, @Nullable Number value) {
    if (rows.getVector(column) instanceof TimeStampVector instants) {
      if (value == null) {
        instants.setNull(row);
      } else {
        instants.setSafe(row, value.longValue());
      }
      return;
    }
    Float8Vector vector = (Float8Vector) rows.getVector(column);
    if (value == null) {
      vector.setNull(row);
    } else {
      vector.setSafe(row, value.doubleValue());
    }
  }

  /** Every column but the metadata of every row, by id, the bits of the vector among them. */
  public Map<String, String> allButMetadata() throws Exception {
    Map<String, String> all = new TreeMap<>();
    try (Dataset dataset = open()) {
      Scans.scan(
          dataset,
          Scans.options().build(),
          rows -> {
            for (int row = 0; row < rows.getRowCount(); row++) {
              StringBuilder line = new StringBuilder();
              for (FieldVector column : rows.getFieldVectors()) {
                if (!column.getName().equals("metadata")) {
                  line.append(column.getName()).append('=').append(bits(column, row)).append(';');
                }
              }
              all.merge(
                  String.valueOf(TableColumns.text(rows, "id", row)),
                  line.toString(),
                  (a, b) -> a + b);
            }
          });
    }
    return all;
  }

  private static String bits(FieldVector column, int row) {
    if (column.isNull(row)) {
      return "null";
    }
    if (column instanceof FixedSizeListVector list) {
      int size = list.getListSize();
      int[] bits = new int[size];
      Float4Vector numbers = (Float4Vector) list.getDataVector();
      for (int i = 0; i < size; i++) {
        int at = row * size + i;
        bits[i] = numbers.isNull(at) ? 0 : Float.floatToRawIntBits(numbers.get(at));
      }
      return Arrays.toString(bits);
    }
    return String.valueOf(column.getObject(row));
  }

  @Override
  public void close() {
    allocator.close();
  }
}
