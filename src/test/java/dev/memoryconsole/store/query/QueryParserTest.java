package dev.memoryconsole.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2025-06-15T12:00:00Z"), ZoneId.of("Asia/Shanghai"));

  private static ParsedQuery parse(String text) {
    return QueryParser.parse(text, NOON);
  }

  private static List<String> codes(String text) {
    return parse(text).problems().stream().map(Message::code).toList();
  }

  private static Condition.Time time(String text) {
    assertThat(codes(text)).isEmpty();
    return (Condition.Time) parse(text).conditions().getFirst();
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void wordsAndPhrasesAreAllWanted() {
    ParsedQuery query = parse("  gradle\u3000\"over  bazel\"\tbuild gradle ");
    assertThat(query.phrases()).containsExactly("gradle", "over  bazel", "build");
    assertThat(query.problems()).isEmpty();
  }

  @Test
  void everyKeyIsUnderstood() {
    ParsedQuery query =
        parse(
            "scope:global,agent:ops SCOPE:\"my scope\" category:fact state:legacy,Fallback"
                + " tier:core source:manual importance:>0.8 meta.a.b:x id:abc");
    assertThat(query.problems()).isEmpty();
    assertThat(query.scopes()).containsExactlyInAnyOrder("global", "agent:ops", "my scope");
    assertThat(query.categories()).containsExactly("fact");
    assertThat(query.states()).containsExactlyInAnyOrder(MemoryState.LEGACY, MemoryState.FALLBACK);
    assertThat(query.conditions())
        .containsExactlyInAnyOrder(
            new Condition.MetaEquals(List.of("tier"), Set.of("core")),
            new Condition.MetaEquals(List.of("source"), Set.of("manual")),
            new Condition.Importance(Comparison.MORE, 0.8),
            new Condition.MetaEquals(List.of("a", "b"), Set.of("x")),
            new Condition.Id(Set.of("abc")));
  }

  @Test
  void whatWasNeverCountedWasNeverRecalled() {
    Condition.MetaCompares once = recalls(Comparison.AT_LEAST, 1);
    assertThat(parse("recalled:never").conditions()).containsExactly(new Condition.Without(once));
    assertThat(parse("recalled:0").conditions()).containsExactly(new Condition.Without(once));
    assertThat(parse("Recalled:>=1").conditions()).containsExactly(once);
    assertThat(parse("recalled:3").conditions()).containsExactly(recalls(Comparison.EQUAL, 3));
    assertThat(parse("recalled:<3").conditions())
        .containsExactly(new Condition.Without(recalls(Comparison.AT_LEAST, 3)));
    assertThat(parse("recalled:<=3").conditions())
        .containsExactly(new Condition.Without(recalls(Comparison.MORE, 3)));
    assertThat(parse("recalled:>=0").conditions())
        .containsExactly(new Condition.Without(recalls(Comparison.LESS, 0)));
    assertThat(codes("recalled:often recalled:>never recalled:1,2"))
        .containsExactly("query.noCount", "query.noCount", "query.noCount");
  }

  private static Condition.MetaCompares recalls(Comparison comparison, double count) {
    return new Condition.MetaCompares(List.of("access_count"), comparison, count);
  }

  @Test
  void anEmptyDayIsNone() {
    assertThat(parse("on:\"\"").conditions()).containsExactly(new Condition.NoTime());
    assertThat(codes("before:\"\"")).containsExactly("query.noDate");
  }

  @Test
  void timesAreThoseOfTheZone() {
    assertThat(time("before:2025-06"))
        .isEqualTo(new Condition.Time(null, at("2025-05-31T16:00:00Z")));
    assertThat(time("since:2025-06"))
        .isEqualTo(new Condition.Time(at("2025-05-31T16:00:00Z"), null));
    assertThat(time("after:2025-06"))
        .isEqualTo(new Condition.Time(at("2025-06-30T16:00:00Z"), null));
    assertThat(time("on:2025-06-15"))
        .isEqualTo(new Condition.Time(at("2025-06-14T16:00:00Z"), at("2025-06-15T16:00:00Z")));
    assertThat(time("on:today")).isEqualTo(time("on:2025-06-15"));
    assertThat(time("on:yesterday")).isEqualTo(time("on:2025-06-14"));
    assertThat(time("before:2025")).isEqualTo(new Condition.Time(null, at("2024-12-31T16:00:00Z")));
    assertThat(time("since:7d")).isEqualTo(new Condition.Time(at("2025-06-08T12:00:00Z"), null));
    assertThat(time("before:2025-06-15T13:30"))
        .isEqualTo(new Condition.Time(null, at("2025-06-15T05:30:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "scope:, query.noValue",
    "state:new, query.noState",
    "importance:high, query.noNumber",
    "importance:>, query.noValue",
    "importance:NaN, query.noNumber",
    "importance:1e999, query.noNumber",
    "meta.count:>many, query.noNumber",
    "meta.:x, query.noMetaKey",
    "meta.a..b:x, query.noMetaKey",
    "before:soon, query.noDate",
    "before:2025-13, query.noDate",
    "before:2025-02-30, query.noDate",
    "on:7d, query.noDay",
    "tags:red, query.unknownKey",
  })
  void whatIsNotUnderstoodIsSaidAndHidesNothing(String text, String code) {
    assertThat(codes("gradle " + text)).containsExactly(code);
    ParsedQuery query = parse("gradle " + text);
    assertThat(query.isAnyState()).isTrue();
    assertThat(query.scopes()).isEmpty();
    // An unknown key is a word; all else is left out.
    assertThat(query.phrases().getFirst()).isEqualTo("gradle");
    assertThat(query.conditions()).hasSize(code.equals("query.unknownKey") ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/a",
        "C:\\temp",
        "10:30",
        "corpus:notes.md",
        "Note:",
        ":",
        "a:b",
        "\"tags:red\"",
        "5\"",
        "it's",
        "100%",
        "a_b",
        "a*",
        "NEAR(a",
        "a OR b",
        "{",
        "col:-"
      })
  void whatPeoplePasteIsAWordAndNoProblem(String text) {
    assertThat(parse(text).conditions()).isNotEmpty().allMatch(Condition.Phrase.class::isInstance);
    if (!text.equals("col:-")) {
      assertThat(codes(text)).isEmpty();
    }
  }

  @Test
  void failedAndStampedStandAlone() {
    assertThat(parse("state:failed").failed()).isTrue();
    assertThat(parse("state:stamped").stamped()).isTrue();
    ParsedQuery both = parse("state:stamped,legacy");
    assertThat(both.stamped()).isTrue();
    assertThat(both.states()).isEmpty();
    assertThat(codes("state:stamped,legacy")).containsExactly("query.stateAlone");
  }

  @Test
  void aQuotationMarkWithoutAnotherTakesTheRest() {
    ParsedQuery query = parse("scope:x \"over bazel now");
    assertThat(query.phrases()).containsExactly("over bazel now");
    assertThat(codes("scope:x \"over bazel now")).containsExactly("query.notClosed");
    assertThat(parse("\"a \\\"b\\\" \\\\ c\"").phrases()).containsExactly("a \"b\" \\ c");
  }

  @Test
  void thereAndNotThereCanBeAsked() {
    assertThat(parse("tier:* source:\"\"").conditions())
        .containsExactly(
            new Condition.MetaPresent(List.of("tier"), true),
            new Condition.MetaPresent(List.of("source"), false));
  }

  @Test
  void whatIsTooMuchIsCutAndSaid() {
    ParsedQuery many = parse("w ".repeat(3_000) + "scope:x");
    assertThat(many.terms()).hasSize(QueryParser.MOST_TERMS);
    assertThat(codes("w ".repeat(3_000))).containsExactly("query.tooMany");
    assertThat(codes("x".repeat(10_001))).containsExactly("query.tooLong");
    assertThat(codes("scope:" + "a,".repeat(100))).containsExactly("query.tooMany");
  }

  @Test
  void anyTextIsUnderstoodAndEveryProblemHasWords() {
    Random random = new Random(7);
    String[] pieces = {
      "scope:",
      "state:",
      "\"",
      "\\",
      ",",
      ":",
      " ",
      "\0",
      "\uD800",
      "meta.",
      "before:",
      ">",
      "%",
      "legacy",
      "2025",
      "x",
      "\u3000",
      "importance:",
      "*",
      "-",
      "'",
      ";"
    };
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      ParsedQuery query = parse(text.toString());
      assertThat(query.phrases()).noneMatch(phrase -> phrase.isBlank() || phrase.contains("\0"));
      query.terms().forEach(term -> assertThat(term.from()).isLessThan(term.to()));
      query
          .problems()
          .forEach(
              problem -> assertThat(Wording.ENGLISH.of(problem)).isNotBlank().doesNotContain("{"));
    }
  }
}
