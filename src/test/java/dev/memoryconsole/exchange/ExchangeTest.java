package dev.memoryconsole.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.ExistingRows;
import dev.memoryconsole.store.InsertReport;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String A = "{\"id\":\"a\",\"text\":\"one\"}";
  private static final String B = "{\"id\":\"b\",\"text\":\"two\"}";

  @TempDir Path folder;
  private MemoryStore store;
  private final Importer importer = new Importer();
  private final Exporter exporter =
      new Exporter(InstantSource.fixed(Instant.parse("2026-11-23T07:17:54.179Z")));

  @BeforeEach
  void createStore() {
    store = SqliteStore.create(folder.resolve("memories.db"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Path sample() throws IOException {
    Path file = folder.resolve("sample");
    try (InputStream in = ExchangeTest.class.getResourceAsStream("plugin-export.json")) {
      assertThat(in).isNotNull();
      Files.copy(in, file);
    }
    return file;
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("import"), content);
  }

  private ImportReport read(Path file) throws InterruptedException {
    return importer.run(file, store, ExistingRows.SKIP, ExchangeProgress.NONE);
  }

  private MemoryEntry only(String id) {
    List<MemoryEntry> found = store.find(List.of(id));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Map<String, JsonNode> byId(Iterable<JsonNode> memories) {
    Map<String, JsonNode> all = new TreeMap<>();
    memories.forEach(memory -> all.put(memory.path("id").asText(), memory));
    return all;
  }

  @Test
  void pluginExportComesInFieldForFieldAndGoesOutUnchanged() throws Exception {
    Path sample = sample();
    JsonNode original = JSON.readTree(sample.toFile());
    assertThat(read(sample))
        .isEqualTo(new ImportReport(320, new InsertReport(320, 0, 0), List.of()));
    for (JsonNode memory : original.path("memories")) {
      assertThat(only(memory.path("id").asText()))
          .usingRecursiveComparison()
          .ignoringFields("version")
          .isEqualTo(
              new MemoryEntry(
                  memory.path("id").asText(),
                  memory.path("text").asText(),
                  memory.path("category").asText(),
                  memory.path("scope").asText(),
                  memory.path("importance").asDouble(),
                  memory.path("timestamp").asLong(),
                  memory.path("metadata").asText(),
                  0));
    }

    Path exported = folder.resolve("export.json");
    assertThat(write(exported, Format.JSON, false)).isEqualTo(320);
    JsonNode again = JSON.readTree(exported.toFile());
    assertThat(byId(again.path("memories"))).isEqualTo(byId(original.path("memories")));
    assertThat(again.path("version")).isEqualTo(original.path("version"));
    assertThat(again.path("count")).isEqualTo(original.path("count"));
    assertThat(again.path("filters")).isEqualTo(original.path("filters"));
    assertThat(again.path("exportedAt")).isEqualTo(original.path("exportedAt"));

    Path lines = folder.resolve("export.jsonl");
    assertThat(write(lines, Format.JSONL, false)).isEqualTo(320);
    assertThat(Files.readString(lines)).endsWith("}\n").doesNotContain("\r", "\n\n");
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(lines)) {
      nodes.add(JSON.readTree(line));
    }
    assertThat(byId(nodes)).isEqualTo(byId(original.path("memories")));
  }

  private long write(Path target, Format format, boolean replace) throws InterruptedException {
    return exporter.run(store, EntryQuery.ALL, target, format, replace, ExchangeProgress.NONE);
  }

  @Test
  void jsonlGoesOutAndComesBackTheSame() throws Exception {
    List<MemoryEntry> odd =
        List.of(
            new MemoryEntry("mem-md-x:12", "a\n\"b\" 😀", null, null, null, null, null, 0),
            new MemoryEntry("b", "", "", "", 0.1 + 0.2, -1L, "no JSON {", 0),
            new MemoryEntry("c", "x", "fact", "s", 1.0, 1_700_000_000L, "{ \"a\" : 1.0 }", 0));
    store.insert(odd, ExistingRows.SKIP);
    Path lines = folder.resolve("lines");
    write(lines, Format.JSONL, false);
    try (MemoryStore other = SqliteStore.create(folder.resolve("other.db"))) {
      importer.run(lines, other, ExistingRows.SKIP, ExchangeProgress.NONE);
      assertThat(other.page(EntryQuery.ALL, 0, 10)).isEqualTo(store.page(EntryQuery.ALL, 0, 10));
    }
  }

  @Test
  void metadataStaysByteForByteAndAnObjectBecomesCompact() throws Exception {
    read(
        file(
            """
            {"id":"raw","text":"x","metadata":"{ \\"b\\" : 1.50, \\"a\\":\\"\\u4f60\\" }"}
            {"id":"object","text":"x","metadata":{ "b" : 1.50, "a":[ 1e2, {"c":null} ], "d":12345678901234567890123 }}
            """));
    assertThat(only("raw").metadata()).isEqualTo("{ \"b\" : 1.50, \"a\":\"你\" }");
    assertThat(only("object").metadata())
        .isEqualTo("{\"b\":1.50,\"a\":[1E+2,{\"c\":null}],\"d\":12345678901234567890123}");
  }

  @Test
  void absentValuesStayAbsentAndTimesAreRoundedDown() throws Exception {
    read(
        file(
            """
            {"id":"a","text":"x","scope":null,"metadata":null,"importance":0.123456789,"timestamp":1736838278061.9}
            {"id":"b","text":"x","timestamp":-0.5,"vector":[1,2,{"deep":[]}]}
            """));
    assertThat(only("a").scope()).isNull();
    assertThat(only("a").metadata()).isNull();
    assertThat(only("a").importance()).isEqualTo(0.123456789);
    assertThat(only("a").timestamp()).isEqualTo(1736838278061L);
    assertThat(only("b").timestamp()).isEqualTo(-1L);
    assertThat(only("b").importance()).isNull();
  }

  @Test
  void badLinesAreReportedByNumberAndTheRestComesIn() throws Exception {
    ImportReport report =
        read(
            file(
                String.join(
                    "\n",
                    A,
                    "{broken",
                    "{\"text\":\"no id\"}",
                    "{\"id\":\" \",\"text\":\"blank id\"}",
                    "{\"id\":\"c\"}",
                    "{\"id\":7,\"text\":\"x\"}",
                    "{\"id\":\"d\",\"text\":\"x\",\"timestamp\":\"soon\"}",
                    "{\"id\":\"e\",\"text\":\"x\",\"importance\":[1]}",
                    "",
                    "[1]",
                    A,
                    B + B,
                    "{\"id\":\"f\",\"text\":\"x\",\"timestamp\":1e999999999}",
                    B)));
    assertThat(report.inserted()).isEqualTo(new InsertReport(2, 0, 0));
    assertThat(report.bad())
        .extracting(BadLine::number)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 10L, 11L, 12L, 13L);
    assertThat(report.bad())
        .extracting(BadLine::reason)
        .contains(
            "is broken JSON",
            "has no id",
            "has no text",
            "id is no string",
            "timestamp is no number",
            "importance is no number",
            "is not a JSON object",
            "has an id that came before in this file: a",
            "timestamp is too large");
    assertThat(report.read()).isEqualTo(13);
  }

  @Test
  void badItemsOfAnExportAreReportedByNumber() throws Exception {
    ImportReport report =
        read(file("{\"memories\":[" + A + ",{\"id\":\"x\"},5," + A + "," + B + "],\"later\":1}"));
    assertThat(report.inserted().added()).isEqualTo(2);
    assertThat(report.bad()).extracting(BadLine::number).containsExactly(2L, 3L, 4L);
  }

  @Test
  void exportCutShortBringsInWhatIsThere() throws Exception {
    ImportReport report = read(file("{\"memories\":[" + A + "," + B + ",{\"id\":\"c\",\"te"));
    assertThat(report.inserted().added()).isEqualTo(2);
    assertThat(report.bad()).extracting(BadLine::number).containsExactly(3L);
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreTolerated() throws Exception {
    assertThat(read(file("\uFEFF" + A + "\r\n" + B + "\r\n")).inserted().added()).isEqualTo(2);
    assertThat(read(file("\uFEFF{\"memories\":\r\n[" + A + "]}")).inserted().skipped())
        .isEqualTo(1);
  }

  @Test
  void invalidUtf8SpoilsItsLineOnly() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((A + "\n{\"id\":\"c\",\"text\":\"").getBytes(StandardCharsets.UTF_8));
    bytes.write(0xC3);
    bytes.writeBytes(("\"}\n" + B).getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("bytes"), bytes.toByteArray());
    ImportReport report = read(file);
    assertThat(report.inserted().added()).isEqualTo(2);
    assertThat(report.bad()).containsExactly(new BadLine(2, "is not valid UTF-8"));
  }

  @Test
  void whatIsNoImportIsRefusedWithOneSentence() throws Exception {
    for (String content :
        List.of("", "hello\nworld", "{\"some\":\"object\"}", "[1,2]", "{\"memories\":5}", "\n\n")) {
      Path file = file(content);
      assertThatThrownBy(() -> read(file))
          .as(content)
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("nothing was imported")
          .message()
          .endsWith(".")
          .doesNotContain("\n");
    }
    assertThatThrownBy(() -> read(folder.resolve("nowhere"))).isInstanceOf(ImportException.class);
    assertThatThrownBy(() -> read(folder)).isInstanceOf(ImportException.class);
    assertThat(store.count(EntryQuery.ALL)).isZero();
  }

  @Test
  void existingRowsAreSkippedOrReplaced() throws Exception {
    read(file(A));
    Path changed = file("{\"id\":\"a\",\"text\":\"changed\"}");
    assertThat(read(changed).inserted()).isEqualTo(new InsertReport(0, 0, 1));
    assertThat(importer.run(changed, store, ExistingRows.REPLACE, ExchangeProgress.NONE).inserted())
        .isEqualTo(new InsertReport(0, 1, 0));
    assertThat(only("a").text()).isEqualTo("changed");
  }

  @Test
  void existingFileIsReplacedOnlyIfAsked() throws Exception {
    read(file(A));
    Path target = Files.writeString(folder.resolve("target"), "mine");
    assertThatThrownBy(() -> write(target, Format.JSONL, false))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("exists already");
    assertThat(target).hasContent("mine");
    write(target, Format.JSONL, true);
    assertThat(Files.readString(target)).startsWith("{\"id\":\"a\",");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void exportHasNoCap() throws Exception {
    List<MemoryEntry> many = new ArrayList<>();
    for (int i = 0; i < 1_234; i++) {
      many.add(new MemoryEntry("m" + i, "t", null, null, null, 1L, null, 0));
    }
    store.insert(many, ExistingRows.SKIP);
    Path target = folder.resolve("all.json");
    assertThat(write(target, Format.JSON, false)).isEqualTo(1_234);
    assertThat(JSON.readTree(target.toFile()).path("memories")).hasSize(1_234);
  }

  @Test
  void interruptedExportLeavesNothing() throws Exception {
    read(file(A));
    Path target = folder.resolve("never");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> write(target, Format.JSON, false))
        .isInstanceOf(InterruptedException.class);
    assertThat(target).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void exportIntoAFolderThatIsNotThereSaysSo() {
    assertThatThrownBy(() -> write(folder.resolve("no/such/file"), Format.JSON, false))
        .isInstanceOf(ExportException.class)
        .hasMessageEndingWith(".");
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }
}
