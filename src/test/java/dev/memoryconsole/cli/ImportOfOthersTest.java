package dev.memoryconsole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people have them: other tools' memories, other encodings, broken and strange JSON. */
class ImportOfOthersTest extends CommandLineTestBase {
  private static final String MEM0 =
      """
      {"results":[{"id":"8d0e","memory":"Likes tea","hash":"ab","metadata":{"k":1},
        "created_at":"2025-01-02T03:04:05-08:00","updated_at":null,"user_id":"sam"}]}
      """;
  private static final String CHATGPT =
      """
      {"memories":[{"id":"m-1","content":"Prefers short answers","updated_at":"2025-03-04T05:06:07Z",
        "gizmo_id":null,"conversation_id":"c","created_timestamp":"2025-03-01T00:00:00Z"}],
       "memory_max_tokens":5000,"memory_num_tokens":17}
      """;
  private static final String CLAUDE =
      """
      [{"conversations_memory":"**Work context**\\n\\nRuns the bakery in Porto.\\n\\n- Likes lists\\n- Reads at night",
        "project_memories":{"p-1":"# Oven\\nThe oven is broken."},"account_uuid":"a"}]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {MEM0, CHATGPT, CLAUDE, "{\"content\":\"a note\",\"date\":\"2025-01-02\"}"})
  void anotherToolsMemoriesAreNamedAndNoStoreIsLeft(String content) throws Exception {
    Answer answer = run("import STORE %s", file(content));
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .containsPattern("holds (mem0's|ChatGPT's|Claude's|memories of another tool)")
        .contains("nothing was imported")
        .contains("--from auto");
    assertThat(store).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "[1,2]",
        "[]",
        "[\"\",\" \"]",
        "{\"memories\":[]}",
        "{\"memories\":[{\"id\":\"x\"}]}"
      })
  void jsonWithoutAMemoryIsRefusedAndNoStoreIsLeft(String content) throws Exception {
    run("import STORE %s", file(content)).isRefused("nothing was imported");
    assertThat(store).doesNotExist();
  }

  private static Stream<String> listsOfOthers() {
    String dated = "\"created_at\":\"2025-01-02T03:04:05Z\"";
    return Stream.of(
        // Qdrant's scroll, which is where mem0 keeps them.
        "{\"result\":{\"points\":[{\"id\":\"p\",\"payload\":{\"data\":\"Likes tea\","
            + dated
            + "}}]}}",
        // Zep's facts.
        "{\"facts\":[{\"uuid\":\"f\",\"fact\":\"Likes tea\"," + dated + "}]}",
        // OpenClaw's own memory: as the plugin's, but with a time of another name.
        "{\"id\":\"a\",\"text\":\"Likes tea\",\"importance\":0.7,\"createdAt\":1735787045000}",
        "{\"results\":{\"memories\":[{\"id\":\"a\",\"memory\":\"Likes tea\","
            + dated
            + "}],\"relations\":[]}}",
        "{\"content\":[\"Likes\",{\"type\":\"text\",\"text\":\"tea\"}],\"create_time\":1735787045.0}");
  }

  @ParameterizedTest
  @MethodSource("listsOfOthers")
  void listsAreFoundUnderTheirUsualNamesAndKeepTheirTimes(String content) throws Exception {
    String file = file(content);
    assertThat(run("import STORE %s", file).err()).contains("--from auto");
    run("import STORE %s --from auto", file).isDone();
    JsonNode row = rows().getFirst();
    assertThat(row.path("text").asText()).isIn("Likes tea", "Likes\ntea");
    assertThat(row.path("timestamp").longValue()).isEqualTo(1_735_787_045_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['Likes tea','Reads at night','']",
        "{'memories':['Likes tea','Reads at night',7]}",
        "['Likes tea',{'fact':'Reads at night'},null]",
        "'Likes tea'\n'Reads at night'\n[]\n{}\n"
      })
  void aListOfSentencesIsAMemoryEach(String content) throws Exception {
    String file = file(content.replace('\'', '"'));
    assertThat(run("import STORE %s", file).err())
        .contains("memories of another tool", "--from auto")
        .hasLineCount(1);
    assertThat(store).doesNotExist();
    assertThat(run("import STORE %s --preview", file).out()).contains("Likes tea");
    Answer answer = run("import STORE %s --from auto --json", file);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.number("added")).isEqualTo(2);
    assertThat(answer.json().path("bad_lines")).hasSize(1);
    assertThat(rows())
        .extracting(row -> row.path("text").asText() + " / " + row.path("state").asText())
        .containsExactlyInAnyOrder("Likes tea / legacy", "Reads at night / legacy");
    // The same file again adds nothing.
    Answer again = run("import STORE %s --from plain --json", file);
    assertThat(again.number("skipped")).isEqualTo(2);
  }

  @Test
  void whatIsPackedIsNamedAndNoStoreIsLeft() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("[{\"id\":\"a\",\"text\":\"t\"}]".getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("memories.json"));
      zip.write(MEM0.getBytes(StandardCharsets.UTF_8));
    }
    refused(packed.toByteArray(), "is packed (gzip); nothing was imported, unpack it first.");
    refused(archive.toByteArray(), "is packed (zip); nothing was imported, unpack it first.");
    refused(
        "SQLite format 3\0and pages".getBytes(StandardCharsets.UTF_8),
        "is a SQLite database, no export; nothing was imported");
  }

  private void refused(byte[] content, String why) throws Exception {
    Path file = Files.write(folder.resolve("in.json"), content);
    for (String option : List.of("--json", "--preview", "--from=auto")) {
      run("import STORE %s %s", file, option).isRefused(why);
      assertThat(store).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s,\n%s,\n%s,\n", "%s,\n%s,\n%s", "\u001e%s\n\u001e%s\n\u001e%s\n"})
  void linesMayHaveSomethingBetweenThem(String form) throws Exception {
    String row = "{\"id\":\"%s\",\"text\":\"t\",\"metadata\":\"{}\"}";
    String content = form.formatted(row.formatted("a"), row.formatted("b"), row.formatted("c"));
    Answer answer = run("import STORE %s --json", file(content));
    assertThat(answer.code()).isZero();
    assertThat(answer.number("added")).isEqualTo(3);
  }

  @Test
  void aListWithAnElementALineIsStillAList() throws Exception {
    String row = "{\"id\":\"%s\",\"text\":\"t\",\"metadata\":\"{}\"}";
    String content =
        "{\"memories\":[\n%s,\n%s,\n%s\n]}"
            .formatted(row.formatted("a"), row.formatted("b"), row.formatted("c"));
    Answer answer = run("import STORE %s --json", file(content));
    assertThat(answer.code()).isZero();
    assertThat(answer.number("added")).isEqualTo(3);
    assertThat(answer.json().path("bad_lines").size()).isZero();
  }

  @Test
  void mem0sMemoriesComeInWithTheirTimeScopeAndAllTheirFields() throws Exception {
    run("import STORE %s --from mem0", file(MEM0)).isDone();
    JsonNode row = rows().getFirst();
    assertThat(row.path("id").asText()).isEqualTo("8d0e");
    assertThat(row.path("text").asText()).isEqualTo("Likes tea");
    assertThat(row.path("scope").asText()).isEqualTo("user:sam");
    assertThat(row.path("category").asText()).isEqualTo("other");
    assertThat(row.path("timestamp").longValue()).isEqualTo(1_735_815_845_000L);
    assertThat(row.path("state").asText()).isEqualTo("legacy");
    assertThat(row.path("metadata").asText())
        .isEqualTo(
            "{\"imported\":{\"from\":\"mem0\",\"fields\":{\"id\":\"8d0e\",\"hash\":\"ab\","
                + "\"metadata\":{\"k\":1},\"created_at\":\"2025-01-02T03:04:05-08:00\","
                + "\"updated_at\":null,\"user_id\":\"sam\"}}}");
  }

  @Test
  void chatGptsMemoriesComeIn() throws Exception {
    run("import STORE %s --from auto", file(CHATGPT)).isDone();
    JsonNode row = rows().getFirst();
    assertThat(row.path("text").asText()).isEqualTo("Prefers short answers");
    assertThat(row.path("timestamp").longValue()).isEqualTo(1_740_787_200_000L);
  }

  @Test
  void claudesPagesBecomeAMemoryAParagraphAndComeInOnce() throws Exception {
    String file = file(CLAUDE);
    run("import STORE %s --from auto", file).isDone();
    Answer again = run("import STORE %s --from claude --json", file);
    assertThat(again.number("added")).isZero();
    assertThat(again.number("skipped")).isEqualTo(4);
    assertThat(rows())
        .extracting(row -> row.path("text").asText() + " / " + row.path("scope").asText())
        .containsExactlyInAnyOrder(
            "Runs the bakery in Porto. / global",
            "Likes lists / global",
            "Reads at night / global",
            "The oven is broken. / project:p-1");
  }

  @Test
  void fieldsUnderOtherNamesAreMappedAndLookedAtFirst() throws Exception {
    String file =
        file("{\"note\":\"Buy flour\",\"meta\":{\"when\":1735689600},\"team\":\"ops\"}\n");
    String how = "import STORE %s --map text=note --map time=meta.when --map scope=team";
    Answer preview = run(how + " --preview --json", file);
    JsonNode shown = preview.json().path("entries").path(0);
    assertThat(shown.path("text").asText()).isEqualTo("Buy flour");
    assertThat(shown.path("timestamp").longValue()).isEqualTo(1_735_689_600_000L);
    assertThat(store).doesNotExist();
    run(how, file).isDone();
    assertThat(rows().getFirst().path("scope").asText()).isEqualTo("ops");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        // Whatever of our own stands somewhere else comes in without asking.
        "{'data':{'memories':[{'id':'a','text':'x','metadata':'{}'}]}}; 1; 0",
        "{'memories':{'a':{'id':'a','text':'x','metadata':'{}'}}}; 1; 0",
        // Two documents in one file, on one line and on several.
        "{'memories':[{'id':'a','text':'x'}]}{'memories':[{'id':'b','text':'y'}]}; 2; 0",
        "{|'id':'a',|'text':'x'|}|{|'id':'b',|'text':'y'|}|; 2; 0",
        // What costs only itself.
        "[{'id':'a','text':'x'},{'id':'b','text':'y','importance':NaN},{'id':'c','text':'z'}]; 2;"
            + " 1",
        "{'id':'a','text':'x'}|{'id':'b','text':'y','timestamp':Infinity}|; 1; 1",
        "{'id':'a','text':'x'}|{'id':'b','text':'half \\ud83c'}|; 1; 1",
        "{'id':'a','text':'x'}|{'id':'b','text':'y'|{'id':'c','text':'z'}|; 2; 1",
        // And what does not matter.
        "[{'id':'a','text':'x'},/* two */{'id':'b','text':'y'},]; 2; 0"
      })
  void nothingIsLeftOutWithoutAWord(String content, int added, int bad) throws Exception {
    String json = content.replace('\'', '"').replace('|', '\n');
    Answer answer = run("import STORE %s --json", file(json));
    assertThat(answer.number("added")).isEqualTo(added);
    assertThat(answer.json().path("bad_lines")).hasSize(bad);
    assertThat(answer.code()).isEqualTo(bad == 0 ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, true",
    "UTF-16BE, true",
    "UTF-16LE, false",
    "UTF-32BE, true",
    "UTF-8, true"
  })
  void everyUnicodeEncodingIsReadAsDocumentAndAsLines(String charset, boolean mark)
      throws Exception {
    String lines = "{\"id\":\"a\",\"text\":\"café 🎉\"}\r\n{\"id\":\"b\",\"text\":\"y\"}\r\n";
    String document = "{\"memories\":[\r\n" + lines.replaceFirst("}\r\n", "},\r\n") + "]}";
    for (String content : List.of(lines, document)) {
      Files.deleteIfExists(store);
      Path file = folder.resolve("in.json");
      Files.write(file, ((mark ? "\ufeff" : "") + content).getBytes(Charset.forName(charset)));
      run("import STORE %s", file).isDone();
      assertThat(rows()).extracting(row -> row.path("text").asText()).contains("café 🎉", "y");
    }
  }

  @Test
  void aByteThatIsNoTextCostsOnlyItsMemoryInADocumentToo() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "{\"memories\":[\n{\"id\":\"a\",\"text\":\"caf".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xe9);
    bytes.writeBytes("\"},\n{\"id\":\"b\",\"text\":\"plain\"}]}".getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("latin1.json");
    Files.write(file, bytes.toByteArray());
    Answer answer = run("import STORE %s --json", file);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.json().path("bad_lines").path(0).path("line").intValue()).isEqualTo(2);
    assertThat(rows()).extracting(row -> row.path("id").asText()).containsExactly("b");
  }

  private List<JsonNode> rows() {
    List<JsonNode> rows = new ArrayList<>();
    run("list STORE --json").json().path("entries").forEach(rows::add);
    return rows;
  }

  private String file(String content) throws Exception {
    return Files.writeString(folder.resolve("in.json"), content).toString();
  }
}
