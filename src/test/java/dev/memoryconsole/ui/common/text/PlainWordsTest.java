package dev.memoryconsole.ui.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.lock.figures.LockSummary;
import dev.memoryconsole.ui.common.table.LazyList;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the view models say, without a window. */
class PlainWordsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T09:30:00Z"), ZoneOffset.UTC);

  private final Messages messages = Messages.of(Locale.ENGLISH);
  private final Times times = new Times(CLOCK, messages);

  @Test
  void timesAreRelative() {
    long now = CLOCK.millis();
    assertThat(times.relative(now - 5_000)).isEqualTo("just now");
    assertThat(times.relative(now - 180_000)).isEqualTo("3 min ago");
    assertThat(times.relative(now - 7_200_000)).isEqualTo("2 h ago");
    assertThat(times.relative(now - 86_400_000)).isEqualTo("yesterday");
    assertThat(times.relative(now - 3 * 86_400_000L)).isEqualTo("3 days ago");
    assertThat(times.relative(now - 30 * 86_400_000L)).isEqualTo("Oct 24");
    assertThat(times.relative(now - 400 * 86_400_000L)).isEqualTo("Oct 19, 2025");
  }

  @Test
  void datesAndNumbersFollowTheCustomsOfThePlace() {
    Messages british = Messages.of(Locale.UK);
    Messages chinese = Messages.of(Locale.CHINA);
    Messages german = Messages.of(Locale.of("en", "DE"));
    long then = CLOCK.millis() - 400 * 86_400_000L;
    assertThat(new Times(CLOCK, british).relative(then)).isEqualTo("19 Oct 2025");
    assertThat(new Times(CLOCK, chinese).relative(then)).isEqualTo("2025年10月19日");
    assertThat(german.numbers().decimal(12345.678, 2)).isEqualTo("12.345,68");
    assertThat(chinese.numbers().whole(1_234_567)).isEqualTo("1,234,567");
    assertThat(Money.of(german, new BigDecimal("1234.5"))).isEqualTo("$1.234,50");
  }

  @Test
  void numbersAndDatesAreWrittenInOnePlace() throws IOException {
    // A chart's axis has its own marks; everything else goes through Numbers and Times.
    Pattern alone = Pattern.compile("String\\.format\\(|DateTimeFormatter\\.of|NumberFormat");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/memoryconsole/ui"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .filteredOn(file -> !file.toString().contains("common/text"))
          .filteredOn(file -> !file.endsWith("TimeAxis.java"))
          .allSatisfy(
              file ->
                  assertThat(alone.matcher(Files.readString(file)).find())
                      .as("%s", file)
                      .isFalse());
    }
  }

  @Test
  void oldRowsHoldSeconds() {
    assertThat(times.relative(CLOCK.millis() / 1000 - 180)).isEqualTo("3 min ago");
  }

  @Test
  void durationsAreShort() {
    assertThat(Times.clock(5_400)).isEqualTo("0:05");
    assertThat(Times.clock(3_723_000)).isEqualTo("1:02:03");
    assertThat(times.millis(0.01)).isEqualTo("<0.1\u00a0ms");
    assertThat(times.millis(1.14)).isEqualTo("1.1\u00a0ms");
    assertThat(times.millis(37.2)).isEqualTo("37\u00a0ms");
    assertThat(times.millis(2_400)).isEqualTo("2.4\u00a0s");
  }

  @Test
  void theLockIsOneSentence() {
    LockText text = new LockText(messages, times);
    assertThat(text.sentence(LockSummary.NONE)).isEqualTo("Store lock: not taken yet");
    assertThat(text.sentence(lock(0.2))).isEqualTo("Store lock: 17 × 1.1\u00a0ms, no waiting");
    assertThat(text.sentence(lock(12)))
        .isEqualTo("Store lock: 17 × 1.1\u00a0ms, waited at most 12\u00a0ms");
  }

  @Test
  void metadataIsIndentedWithItsOwnDigitsAndEscapes() {
    assertThat(JsonText.pretty("{\"a\":1.50,\"b\":[1,{}],\"c\":\"x\\ny\"}"))
        .isEqualTo(
            """
            {
              "a": 1.50,
              "b": [
                1,
                {}
              ],
              "c": "x\\ny"
            }\
            """);
    assertThat(JsonText.pretty("no json")).isEqualTo("no json");
    assertThat(JsonText.pretty(null)).isEmpty();
  }

  @Test
  void onlyPagesSomebodyLookedAtAreLoadedAndOnlySomeAreKept() {
    List<Integer> asked = new ArrayList<>();
    LazyList<String> list =
        new LazyList<>(
            100_000,
            "…",
            (from, count, done) -> {
              asked.add(from);
              done.accept(IntStream.range(from, from + count).mapToObj(i -> "row " + i).toList());
            });
    assertThat(list.get(99_999)).isEqualTo("…");
    assertThat(list.get(99_999)).isEqualTo("row 99999");
    assertThat(asked).containsExactly(99_800);
    for (int i = 0; i < 100_000; i += 200) {
      assertThat(list.get(i)).isIn("…", "row " + i);
    }
    assertThat(list.loadedPages().size()).isLessThan(30);
  }

  private static LockSummary lock(double wait) {
    return new LockSummary(
        17, new LockSummary.Quantiles(0.1, wait, wait), new LockSummary.Quantiles(1.1, 3, 4));
  }
}
