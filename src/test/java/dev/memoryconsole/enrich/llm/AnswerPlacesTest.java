package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.memoryconsole.enrich.Enricher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the answer stands in what endpoints send, over a real connection. */
@Timeout(20)
class AnswerPlacesTest extends ModelTestBase {
  private static final String TEXT = "The team decided to use Postgres 16.";
  private static final String GOOD = "The team uses Postgres 16.";
  private static final String J = FakeEndpoint.layers(GOOD, "- " + GOOD, TEXT, "events");
  private static final String DRAFT =
      FakeEndpoint.layers("DRAFT do not use", "- draft", "draft", "cases");
  private static final String S = quoted(J);

  private record Form(String name, FakeEndpoint.Answer answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String quoted(String text) {
    return FakeEndpoint.MAPPER.valueToTree(text).toString();
  }

  private static Form body(String name, String body) {
    return new Form(name, x -> x.send(200, body));
  }

  private static Form message(String name, String message) {
    return body(name, "{\"choices\":[{\"index\":0,\"message\":" + message + "}]}");
  }

  private static Form content(String name, String content) {
    return new Form(name, x -> x.chat(content));
  }

  private static byte[] packed(boolean gzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(FakeEndpoint.chat(J, "stop", 1, 1).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Stream<Form> good() {
    return Stream.of(
        message("parts", "{\"content\":[{\"type\":\"text\",\"text\":" + S + "}]}"),
        message(
            "thinking parts",
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"text\":"
                + quoted(DRAFT)
                + "}]},{\"type\":\"text\",\"text\":"
                + S
                + "}]}"),
        message(
            "tool call",
            "{\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":"
                + S
                + "}}]}"),
        message(
            "tool call as object beside talk",
            "{\"content\":\"Calling.\",\"tool_calls\":[{\"function\":{\"arguments\":" + J + "}}]}"),
        message("function call", "{\"content\":null,\"function_call\":{\"arguments\":" + S + "}}"),
        message("reasoning only", "{\"content\":null,\"reasoning_content\":" + S + "}"),
        message(
            "draft in the reasoning",
            "{\"content\":" + S + ",\"reasoning\":" + quoted(DRAFT) + "}"),
        body("ollama", "{\"message\":{\"content\":" + S + "},\"done\":true}"),
        body("gemini", "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":" + S + "}]}}]}"),
        body(
            "comments and NaN",
            ": KEEP\n\n/* hi */ {\"x\":NaN,\"choices\":[{\"message\":{\"content\":" + S + "},}]}"),
        body("byte order mark", "\ufeff" + FakeEndpoint.chat(J, "stop", 1, 1)),
        body(
            "stream",
            "data: {\"choices\":[{\"delta\":{\"content\":"
                + quoted(J.substring(0, 30))
                + "}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":"
                + quoted(J.substring(30))
                + "},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
        new Form("gzip unsaid", x -> x.send(200, packed(true))),
        new Form("deflate", x -> x.header("Content-Encoding", "deflate").send(200, packed(false))),
        content("stringified", S),
        content("wrapped", "{\"response\":" + J + "}"),
        content("wrapped in a string", "{\"response\":" + S + "}"),
        content("fence and comment", "```json\n// here\n" + J + "\n```"),
        content("single quotes", J.replace('"', '\'')),
        content("overview as a list", J.replace("\"- " + GOOD + "\"", "[\"" + GOOD + "\"]")),
        content("THINK", "[THINK]" + DRAFT + " not good.[/THINK]" + J),
        content("thinking", "<thinking>" + DRAFT + " no</thinking>" + J),
        content("nested", "<think>a <think>b</think> " + DRAFT + " no</think>" + J),
        content("closing tag only", DRAFT + " hm </think>" + J),
        content("two drafts and no tag", "First: " + DRAFT + "\nBetter: " + J),
        content("unclosed, whole at its end", "<think>" + DRAFT + " no. So:\n" + J),
        content(
            "harmony",
            "<|channel|>analysis<|message|>"
                + DRAFT
                + " hm<|end|><|start|>assistant<|channel|>final<|message|>"
                + J));
  }

  @ParameterizedTest
  @MethodSource("good")
  void theAnswerIsReadWhereItIs(Form form) throws Exception {
    Enricher enricher = enricher(form.answer());
    var enriched = enricher.enrich(Fixtures.memory(TEXT)).enrichment();
    assertThat(enriched.abstractLine()).isEqualTo(GOOD);
    assertThat(enriched.overview()).isEqualTo("- " + GOOD);
  }

  private static Stream<Form> drafts() {
    return Stream.of(
        content("unclosed", "<think>" + DRAFT + " and so on"),
        content("nothing behind the trace", "<think>" + DRAFT + "</think>"),
        content("cut within the answer", DRAFT + " Better: " + J.substring(0, 40)),
        new Form(
            "cut by length", x -> x.send(200, FakeEndpoint.chat(DRAFT + " hm", "length", 1, 1))),
        message(
            "reasoning that goes on",
            "{\"content\":\"\",\"reasoning_content\":" + quoted(DRAFT + " or not") + "}"),
        content(
            "harmony without an end", "<|channel|>analysis<|message|>" + DRAFT + " let me see"));
  }

  @ParameterizedTest
  @MethodSource("drafts")
  void aDraftIsNoAnswer(Form form) throws Exception {
    Enricher enricher = enricher(form.answer());
    Throwable problem = catchThrowable(() -> enricher.enrich(Fixtures.memory(TEXT)));
    assertThat(problem).isNotNull().hasMessageContaining("answer");
  }
}
