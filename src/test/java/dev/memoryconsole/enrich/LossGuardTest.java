package dev.memoryconsole.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossGuardTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Port 5217 is used | The port is used here",
        "Port 521 is used | Port 5217 is used",
        "See https://example.com/a?b=1 now | See the example site now",
        "Mail ops@example.com first | Mail the ops team at first",
        "Run `mvn verify` twice | Run the build two times",
        "She said \"never again\" once | She said it would not be once",
        "他说「不要弹窗」两次 | 他说不要弹窗这件事两次",
        "Set max_pool_size high | Set the pool size high",
        "Call getUserName first | Call the user name getter",
        "A long text with many words that the model has cut short here | A long text"
      })
  void aLossIsSeen(String text, String content) {
    assertThat(LossGuard.lossIn(content.strip(), text.strip())).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Port 5217 is used. | The port in use is 5217.",
        "Mail ops@example.com first, see https://example.com/x. | See https://example.com/x; mail"
            + " ops@example.com first.",
        "Prefers Gradle over Bazel for anything long | Prefers Gradle over Bazel for long things",
        "用户喜欢使用深色主题，字体大小 14。 | 用户喜欢深色主题，字体大小是 14。"
      })
  void aRewordingThatKeepsEverythingIsNoLoss(String text, String content) {
    assertThat(LossGuard.lossIn(content.strip(), text.strip())).isEmpty();
  }

  @Test
  void aLongChainOfSegmentsIsNoProblem() {
    String chain = "a.".repeat(200_000) + "a";
    assertThat(LossGuard.lossIn(chain, chain)).isEmpty();
    assertThat(LossGuard.lossIn("something else", chain)).isPresent();
  }
}
