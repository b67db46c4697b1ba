package dev.memoryconsole.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing printed reaches a terminal as anything but text. */
class TerminalWriterTest {
  private final StringWriter out = new StringWriter();
  private final PrintWriter writer = new TerminalWriter(new PrintWriter(out, true));

  @Test
  void controlCharactersAreShownNotSent() {
    writer.printf("%s|%s%n", "\u001b[31mred\u0007", "\u009b2J\u202eabc\u200f\u0000");
    writer.flush();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("\\u001b[31mred\\u0007|\\u009b2J\\u202eabc\\u200f\\u0000\n");
  }

  @Test
  void whatNobodySeesIsShownAndJoinersPass() {
    writer.println("m7\u200b m\u00ad7 m\u20607 m\udb40\udc417 क्\u200dष می\u200cخواهم");
    writer.flush();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "m7\\u200b m\\u00ad7 m\\u20607 m\\udb40\\udc417 क्\u200dष می\u200cخواهم\n");
  }

  @Test
  void anArgumentCanForgeNoLine() {
    writer.printf("%s%s%n", "One.", " Two.");
    writer.printf("id %s%n", "a\r\n2 read: 9 added\u2028x\u0085y\nz");
    writer.flush();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("One. Two.\nid a 2 read: 9 added x y z\n");
  }

  @Test
  void numbersTimesAndTheCommandsOwnLinesPass() {
    writer.format(Locale.ROOT, "%d\t%.1f%%%n%5s|%n", 12, 3.25, null);
    writer.println("Grüße, 你好 👩‍🚀");
    writer.flush();
    assertThat(out.toString()).isEqualToNormalizingNewlines("12\t3.3%\n null|\nGrüße, 你好 👩‍🚀\n");
  }

  @Test
  void aJsonDocumentStaysTheSameDocument() throws Exception {
    String text = "\u001b]0;x\u0007 \u202e \u2028 \u007f \u009b \ud83c end";
    ObjectMapper mapper = new ObjectMapper();
    writer.println(mapper.writeValueAsString(Map.of("text", text)));
    writer.flush();
    assertThat(out.toString().strip()).matches("[\\x20-\\x7e]+");
    assertThat(mapper.readTree(out.toString()).path("text").textValue()).isEqualTo(text);
  }
}
