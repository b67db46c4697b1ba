package dev.memoryconsole.exchange.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryClipTest {
  private static MemoryEntry entry(String text) {
    return new MemoryEntry(
        "id-1", text, "fact", "agent:a", 0.5, 1_735_689_600_000L, "{\"a\":\"b,c\"}", 0);
  }

  private static String textCell(String text) {
    String csv = EntryClip.CSV.of(List.of(entry(text)));
    String line = csv.substring(EntryCsv.HEAD.length());
    String before = "id-1,2025-01-01T00:00:00Z,agent:a,fact,0.5,";
    assertThat(line).startsWith(before).endsWith(",\"{\"\"a\"\":\"\"b,c\"\"}\"\r\n");
    return line.substring(
        before.length(), line.length() - ",\"{\"\"a\"\":\"\"b,c\"\"}\"\r\n".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "  =HYPERLINK(\"x\")",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uFF1D1+1",
        "-",
        "=",
        "\u00A0=1"
      })
  void noCellIsAFormula(String text) {
    String cell = textCell(text);
    String value = cell.startsWith("\"") ? cell.substring(1) : cell;
    assertThat(value).startsWith("'");
  }

  @Test
  void everythingElseIsAsItIs() {
    assertThat(textCell("plain")).isEqualTo("plain");
    assertThat(textCell("-12.5")).isEqualTo("-12.5");
    assertThat(textCell("a, \"b\"\nc")).isEqualTo("\"a, \"\"b\"\"\nc\"");
    assertThat(textCell("")).isEmpty();
  }

  @Test
  void everyFormatHasAllMemories() {
    List<MemoryEntry> two = List.of(entry("one\ntwo"), entry("three"));
    assertThat(EntryClip.TEXT.of(two)).isEqualTo("one\ntwo\n\nthree");
    assertThat(EntryClip.ID.of(two)).isEqualTo("id-1\nid-1");
    assertThat(EntryClip.JSON.of(two).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":\"id-1\",\"text\":"));
    assertThat(EntryClip.MARKDOWN.of(two))
        .isEqualTo("- one\n  two (`fact`, `agent:a`, `id-1`)\n- three (`fact`, `agent:a`, `id-1`)");
  }
}
