package dev.memoryconsole.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.diff.KeyDiff.Kind;
import dev.memoryconsole.diff.KeyDiff.Part;
import dev.memoryconsole.diff.KeyDiff.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a value is, told from what a run found, found again, wrote, and what is there now. */
class MetadataDiffTest {
  private static KeyDiff diff(
      @Nullable String seen,
      @Nullable String before,
      @Nullable String written,
      @Nullable String now) {
    return MetadataDiff.between(object(seen), object(before), object(written), object(now))
        .getFirst();
  }

  private static String object(@Nullable String value) {
    return value == null ? "{}" : "{\"k\":" + value + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, KEPT",
    ", , 1, 1, ADDED",
    "1, 1, 2, 2, CHANGED",
    "1, 1, , , REMOVED",
    "1, 2, 2, 2, WRITTEN_MEANWHILE",
    "1, , , , WRITTEN_MEANWHILE",
    ", 1, 1, 1, WRITTEN_MEANWHILE",
    "1, 2, 3, 3, WRITTEN_OVER",
    ", 2, 3, 3, WRITTEN_OVER",
    "1, 1, 1, 2, WRITTEN_LATER",
    "1, 1, 2, 3, WRITTEN_LATER",
    "1, 2, 3, 4, WRITTEN_LATER",
    ", , , 4, WRITTEN_LATER"
  })
  void saysWhoseAValueIs(
      @Nullable String seen,
      @Nullable String before,
      @Nullable String written,
      @Nullable String now,
      Kind kind) {
    assertThat(diff(seen, before, written, now).kind()).isEqualTo(kind);
  }

  @Test
  void hasAStepForEachWhoWrote() {
    assertThat(diff("1", "2", "3", "4").steps())
        .containsExactly(
            new Step(Part.BEFORE, "1"),
            new Step(Part.MEANWHILE, "2"),
            new Step(Part.ENRICHMENT, "3"),
            new Step(Part.LATER, "4"));
    assertThat(diff(null, null, "3", "3").steps()).containsExactly(new Step(Part.ENRICHMENT, "3"));
    assertThat(diff("1", "1", "1", "1").steps()).containsExactly(new Step(Part.BEFORE, "1"));
    assertThat(diff("1", "1", null, null).steps())
        .containsExactly(new Step(Part.BEFORE, "1"), new Step(Part.ENRICHMENT, null));
    assertThat(diff("1", "2", "2", "2").steps())
        .containsExactly(new Step(Part.BEFORE, "1"), new Step(Part.MEANWHILE, "2"));
  }

  @Test
  void anotherOrderOfKeysIsNoChange() {
    KeyDiff same =
        diff("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}");
    assertThat(same.kind()).isEqualTo(Kind.KEPT);
    assertThat(same.steps()).hasSize(1);
  }
}
