package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Import and export over a real SQLite store. */
class ExchangeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private MemoryStore store;

  @BeforeEach
  void createStore() {
    store = SqliteStore.create(folder.resolve("store.db"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void everyRowOfThePluginsExportComesInFieldForField() throws Exception {
    ImportReport report = importFile(pluginExport(), ExistingRows.SKIP);
    assertThat(report.read()).isEqualTo(320);
    assertThat(report.bad()).isEmpty();
    for (JsonNode expected : memories(pluginExport()).values()) {
      MemoryEntry row = store.find(List.of(expected.path("id").textValue())).getFirst();
      assertThat(row.text()).isEqualTo(expected.path("text").textValue());
      assertThat(row.category()).isEqualTo(expected.path("category").textValue());
      assertThat(row.scope()).isEqualTo(expected.path("scope").textValue());
      assertThat(row.importance()).isEqualTo(expected.path("importance").doubleValue());
      assertThat(row.timestamp()).isEqualTo(expected.path("timestamp").longValue());
      assertThat(row.metadata()).isEqualTo(expected.path("metadata").textValue());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportFormat.class,
      names = {"JSON", "JSONL"})
  void whatCameInGoesOutAndInAgainUnchanged(ExportFormat format) throws Exception {
    importFile(pluginExport(), ExistingRows.SKIP);
    Path out = folder.resolve("out");
    assertThat(
            new Exporter(Clock.systemUTC())
                .export(store, EntryQuery.ALL, out, format, false, count -> {})
                .written())
        .isEqualTo(320);
    try (MemoryStore second = SqliteStore.create(folder.resolve("second.db"))) {
      ImportReport report =
          Importer.importFile(Importer.survey(out), null, second, ExistingRows.SKIP, count -> {});
      assertThat(report.inserted()).isEqualTo(new InsertReport(320, 0, 0));
      assertThat(second.page(EntryQuery.ALL, 0, 1000))
          .isEqualTo(store.page(EntryQuery.ALL, 0, 1000));
    }
    if (format == ExportFormat.JSON) {
      assertThat(memories(out)).isEqualTo(memories(pluginExport()));
      assertThat(MAPPER.readTree(out.toFile()).path("count").intValue()).isEqualTo(320);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  @Test
  void existingIdsAreSkippedOrReplacedAsAsked() throws Exception {
    Path first = write("{\"id\":\"a\",\"text\":\"one\"}\n");
    importFile(first, ExistingRows.SKIP);
    Path second = write("{\"id\":\"a\",\"text\":\"two\"}\n{\"id\":\"b\",\"text\":\"three\"}\n");
    assertThat(importFile(second, ExistingRows.SKIP).inserted())
        .isEqualTo(new InsertReport(1, 0, 1));
    assertThat(store.find(List.of("a")).getFirst().text()).isEqualTo("one");
    assertThat(importFile(second, ExistingRows.REPLACE).inserted())
        .isEqualTo(new InsertReport(0, 2, 0));
    assertThat(store.find(List.of("a")).getFirst().text()).isEqualTo("two");
  }

  @Test
  void badLinesAreReportedByNumberAndTheRestIsImported() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
    bytes.write(
        "{\"id\":\"a\",\"text\":\"good\",\"scope\":null}\r\n".getBytes(StandardCharsets.UTF_8));
    bytes.write("{\"id\":\"b\",\"text\":\n".getBytes(StandardCharsets.UTF_8));
    bytes.write("{\"text\":\"no id\"}\n\n".getBytes(StandardCharsets.UTF_8));
    bytes.write("{\"id\":\"c\",\"text\":\"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes.write("{\"id\":\"a\",\"text\":\"again\"}\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(
        "{\"id\":\"d\",\"text\":\"x\",\"importance\":\"high\"}\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(
        "{\"id\":\"e\",\"text\":\"x\",\"timestamp\":1735000000.9}\n[1]\n"
            .getBytes(StandardCharsets.UTF_8));
    bytes.write(
        "{\"id\":\"f\",\"text\":\"last\",\"metadata\":{\"a\":1.50}}"
            .getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("backup.jsonl");
    Files.write(file, bytes.toByteArray());
    ImportReport report = importFile(file, ExistingRows.SKIP);
    assertThat(report.bad()).extracting(BadLine::line).containsExactly(2L, 3L, 5L, 6L, 7L, 9L);
    assertThat(report.read()).isEqualTo(3);
    assertThat(store.find(List.of("a")).getFirst().scope()).isNull();
    assertThat(store.find(List.of("e")).getFirst().timestamp()).isEqualTo(1_735_000_000L);
    assertThat(store.find(List.of("f")).getFirst().metadata()).isEqualTo("{\"a\":1.50}");
  }

  @Test
  void aDocumentThatBreaksOffKeepsWhatCameBefore() throws Exception {
    Path file =
        write(
            "{\"version\":\"1.0\",\"memories\":[\n{\"id\":\"a\",\"text\":\"x\"},\n{\"id\":\"b\",");
    ImportReport report = importFile(file, ExistingRows.SKIP);
    assertThat(report.inserted().added()).isEqualTo(1);
    assertThat(report.bad()).extracting(BadLine::line).containsExactly(3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello\nworld\n", "%PDF-1.4 garbage", "{\"a\":1}", "\u0000\u0001"})
  void whatIsNoKnownFormatIsRefusedInOneSentence(String content) throws Exception {
    Path file = write(content);
    assertThatThrownBy(() -> importFile(file, ExistingRows.SKIP))
        .isInstanceOf(ExchangeException.class)
        .hasMessageContaining("nothing was imported");
    assertThat(store.count(EntryQuery.ALL)).isZero();
  }

  @Test
  void anExistingFileIsLeftUnlessAskedOtherwise() throws Exception {
    Path out = write("precious");
    Exporter exporter = new Exporter(Clock.systemUTC());
    assertThatThrownBy(
            () ->
                exporter.export(store, EntryQuery.ALL, out, ExportFormat.JSON, false, count -> {}))
        .isInstanceOf(ExchangeException.class);
    assertThat(out).hasContent("precious");
    exporter.export(store, EntryQuery.ALL, out, ExportFormat.JSON, true, count -> {});
    assertThat(MAPPER.readTree(out.toFile()).path("count").intValue()).isZero();
  }

  private ImportReport importFile(Path file, ExistingRows existing) throws InterruptedException {
    return Importer.importFile(Importer.survey(file), null, store, existing, count -> {});
  }

  private Path write(String content) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "in", ".json"), content);
  }

  private Path pluginExport() throws Exception {
    Path file = folder.resolve("plugin-export.json");
    if (!Files.exists(file)) {
      try (InputStream in =
          Objects.requireNonNull(getClass().getResourceAsStream("plugin-export.json"))) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  private static Map<String, JsonNode> memories(Path file) throws Exception {
    Map<String, JsonNode> memories = new HashMap<>();
    MAPPER
        .readTree(file.toFile())
        .path("memories")
        .forEach(node -> memories.put(node.path("id").textValue(), node));
    return memories;
  }

  @Test
  void rowsThatNoStringHoldsAreNamedByTheExport() throws Exception {
    Path theirs = folder.resolve("theirs.db");
    Sql.run(
        theirs,
        "CREATE TABLE memories (id TEXT PRIMARY KEY, text, category, scope, importance,"
            + " timestamp, metadata)",
        "INSERT INTO memories (id, text, metadata) VALUES ('a', 'x', NULL), ('b', 'x', x'7B7D'),"
            + " (CAST(x'FF' AS TEXT), 'x', NULL), (NULL, 'x', NULL)");
    Path out = folder.resolve("out.jsonl");
    ExportReport report;
    try (MemoryStore other = SqliteStore.open(theirs)) {
      report =
          new Exporter(Clock.systemUTC())
              .export(other, EntryQuery.ALL, out, ExportFormat.JSONL, false, count -> {});
    }
    assertThat(report.written()).isEqualTo(1);
    assertThat(report.left())
        .extracting(left -> Wording.ENGLISH.of(left.sentence()))
        .containsExactlyInAnyOrder(
            "b is not in the file: its metadata is a BLOB where text belongs.",
            "x'FF' is not in the file: its id is no valid UTF-8.",
            "row 4 is not in the file: it has no id.");
    assertThat(Files.readAllLines(out)).hasSize(1);
  }
}
