package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimpleEnrichmentTest {
  private static final Pattern OF_THE_LAW = Pattern.compile("^[^.!?。！？\\n]+[.!?。！？]?");
  private static final String[] PIECES = {
    "a", "Ä", "😀", " ", "\n", ".", "!", "?", "。", "！", "？", "\r"
  };

  @Test
  void theFirstSentenceIsWhatTheExpressionOfTheLawFinds() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String trimmed = JsText.trim(text.toString());
      Matcher found = OF_THE_LAW.matcher(trimmed);
      assertThat(SimpleEnrichment.of(text.toString()).abstractLine())
          .as("of %s", text)
          .isEqualTo(JsText.trim(found.find() ? found.group() : trimmed));
    }
  }
}
