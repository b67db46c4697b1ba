package dev.memoryconsole.upgrade.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenEntriesTest {
  private static List<Integer> positions(List<Candidate> entries) {
    return entries.stream().map(Candidate::position).toList();
  }

  @Test
  void aNewRunTakesUpItsEntriesInTheirOrder() {
    List<String> ids = IntStream.range(0, 2_345).mapToObj(i -> "m" + i).toList();
    OpenEntries entries = OpenEntries.of(ids);
    assertThat(entries.size()).isEqualTo(2_345);
    assertThat(entries.isFresh()).isTrue();
    List<String> taken = new ArrayList<>();
    List<Candidate> next = entries.next(100);
    while (!next.isEmpty()) {
      assertThat(next.getFirst().position()).isEqualTo(taken.size());
      assertThat(next).hasSizeLessThanOrEqualTo(100);
      next.forEach(entry -> taken.add(entry.id()));
      next.forEach(entries::over);
      next = entries.next(100);
    }
    assertThat(taken).isEqualTo(ids);
    assertThat(entries.underWay()).isEmpty();
  }

  @Test
  void onlyWhatIsUnderWayIsKept() {
    OpenEntries entries = OpenEntries.of(List.of("a", "b", "c", "d"));
    List<Candidate> taken = entries.next(3);
    assertThat(entries.underWay()).isEqualTo(taken);
    entries.over(taken.get(1));
    assertThat(positions(entries.underWay())).containsExactly(0, 2);
  }

  /** Those between are over: what is left has gaps. */
  @Test
  void whatIsLeftIsReadPageByPage() {
    List<Integer> left = IntStream.range(0, 5_000).filter(i -> i % 3 == 0).boxed().toList();
    List<Integer> asked = new ArrayList<>();
    OpenEntries entries =
        OpenEntries.left(
            left.size(),
            false,
            (position, limit) -> {
              asked.add(position);
              return left.stream()
                  .filter(at -> at > position)
                  .limit(limit)
                  .map(at -> new Candidate(at, "m" + at))
                  .toList();
            });
    assertThat(entries.isFresh()).isFalse();
    assertThat(positions(entries.next(Integer.MAX_VALUE))).isEqualTo(left.subList(0, 1_000));
    assertThat(positions(entries.next(700))).isEqualTo(left.subList(1_000, 1_667));
    assertThat(entries.next(1)).isEmpty();
    assertThat(asked).containsExactly(-1, 2_997, 4_998);
  }
}
