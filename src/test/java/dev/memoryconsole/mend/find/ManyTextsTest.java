package dev.memoryconsole.mend.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a check-up keeps of very many texts takes little room, and still finds those alike. */
class ManyTextsTest {
  // A million of both together must leave most of 512 MB to the window.
  private static final int TEXTS = 100_000;
  private static final int MOST_FOR_A_SKETCH = 54;
  private static final int MOST_FOR_A_HASH = 32;
  private static final int PLANTED = 5_000;

  @Test
  void aSketchTakesAsManyBytesAsItSays() {
    Random random = new Random(3);
    Sketches sketches = new Sketches();
    for (int i = 0; i < TEXTS; i++) {
      sketches.add(random.ints(20).toArray(), 0);
    }
    assertThat(sketches.bytes()).isBetween(52L * TEXTS, (long) MOST_FOR_A_SKETCH * TEXTS);
    assertThat(sketches.pairs()).isEmpty();
  }

  @Test
  void aHashTakesAsManyBytesAsItSays() {
    SameTexts texts = new SameTexts();
    for (int i = 0; i < TEXTS; i++) {
      assertThat(texts.add("global", "text " + i)).isTrue();
    }
    assertThat(texts.bytes()).isBetween(20L * TEXTS, (long) MOST_FOR_A_HASH * TEXTS);
    assertThat(texts.groups()).isEmpty();
  }

  @Test
  void theSameTextsAreGroupedInTheOrderInWhichTheyCame() {
    SameTexts texts = new SameTexts();
    int different = 10_000;
    for (int i = 0; i < 3 * different; i++) {
      assertThat(texts.add(i % 2 == 0 ? "a" : "b", "text " + i % different))
          .isEqualTo(i < different);
    }
    List<List<Integer>> groups = texts.groups();
    assertThat(groups).hasSize(different);
    for (int i = 0; i < different; i++) {
      assertThat(groups.get(i)).containsExactly(i, i + different, i + 2 * different);
    }
  }

  /** At four fifths, the least that counts, two in a thousand are missed. */
  @Test
  void plantedPairsAreFoundButForAFewAndNoOthers() {
    Random random = new Random(9);
    Sketches sketches = new Sketches();
    for (int i = 0; i < PLANTED; i++) {
      int[] one = random.ints(90).toArray();
      int[] other = Arrays.copyOf(one, one.length);
      for (int j = 0; j < 10; j++) {
        other[j] = random.nextInt();
      }
      assertThat(Trigrams.likeness(sorted(one), sorted(other))).isEqualTo(0.8);
      sketches.add(one, i % 3);
      sketches.add(other, i % 3);
    }
    Set<Long> planted =
        IntStream.range(0, PLANTED)
            .mapToObj(i -> ((2L * i) << Integer.SIZE) | (2L * i + 1))
            .collect(Collectors.toSet());
    long[] found = sketches.pairs();
    assertThat(LongStream.of(found).filter(planted::contains).count())
        .isGreaterThan(PLANTED - 4 * PLANTED / 1000);
    assertThat(LongStream.of(found).filter(pair -> !planted.contains(pair)).count()).isZero();
  }

  @Test
  void textsOfDifferentPlacesAreNoPair() {
    Random random = new Random(2);
    Sketches sketches = new Sketches();
    for (int place = 0; place < 200; place++) {
      sketches.add(IntStream.range(0, 50).toArray(), place);
    }
    sketches.add(random.ints(50).toArray(), 0);
    assertThat(sketches.pairs()).isEmpty();
  }

  private static int[] sorted(int[] trigrams) {
    return IntStream.of(trigrams).sorted().toArray();
  }
}
