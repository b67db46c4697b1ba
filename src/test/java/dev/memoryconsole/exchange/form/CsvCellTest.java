package dev.memoryconsole.exchange.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote is text in every table that goes out, and nothing that is reckoned. */
class CsvCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "-1",
        "@SUM(A1)",
        "  =HYPERLINK(\"x\")",
        "\t=1",
        "\r=1",
        "\n1",
        "|calc",
        "%0A=1",
        "\uFF1D1+1",
        "-",
        "=",
        "\u00A0=1",
        "\u001F=1",
        "\uFEFF=1"
      })
  void whatASpreadsheetWouldReckonIsText(String text) {
    assertThat(CsvCell.of(text)).matches("(?s)\"?'.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          plain|plain
          12.5|12.5
          two words|"two words"
          a,b|"a,b"
          a"b|"a""b"
          a;b|"a;b"
          """)
  void otherTextsStayWhatTheyAre(String text, String cell) {
    assertThat(CsvCell.of(text)).isEqualTo(cell);
  }

  @Test
  void aFigureOfOursIsAFigure() {
    assertThat(CsvCell.line(-1L, new BigDecimal("-1E+3"), null, "-1")).isEqualTo("-1,-1000,,'-1");
  }

  @Test
  void aMemoryHasEachOfItsFieldsInACell() {
    MemoryEntry entry =
        new MemoryEntry(
            "id-1", "=1+1", "fact", "agent:a", -0.5, 1_735_689_600_000L, "{\"a\":\"b,c\"}", 0);
    assertThat(EntryCsv.line(entry))
        .isEqualTo(
            "id-1,2025-01-01T00:00:00Z,agent:a,fact,-0.5,'=1+1,\"{\"\"a\"\":\"\"b,c\"\"}\"\r\n");
  }
}
