package dev.memoryconsole.ui.common.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class LazyListTest {
  private record Asked(int offset, LazyList.Arrival<String> arrival) {
    void answer(int count) {
      arrival.accept(IntStream.range(offset, offset + count).mapToObj(i -> "e" + i).toList());
    }
  }

  private final Deque<Asked> asked = new ArrayDeque<>();

  private LazyList<String> list(int size) {
    return new LazyList<>(
        size, "…", (offset, limit, arrival) -> asked.add(new Asked(offset, arrival)));
  }

  @Test
  void asksForAPageOnceAndWaitsForIt() {
    LazyList<String> list = list(450);
    assertThat(List.of(list.get(0), list.get(199), list.get(449))).containsOnly("…");
    assertThat(asked).extracting(Asked::offset).containsExactly(0, 400);
    asked.remove().answer(200);
    asked.remove().answer(50);
    assertThat(List.of(list.get(0), list.get(199), list.get(449)))
        .containsExactly("e0", "e199", "e449");
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsNewAtTheEndIsReadWhenSomebodyLooksAtIt() {
    LazyList<String> list = list(3);
    list.get(0);
    asked.remove().answer(3);
    List<String> changes = new ArrayList<>();
    list.addListener(
        (ListChangeListener<String>)
            change -> {
              while (change.next()) {
                changes.add(change.wasAdded() + " " + change.getFrom() + "-" + change.getTo());
              }
            });
    list.grow(250);
    list.grow(250);
    list.grow(7);
    assertThat(changes).containsExactly("true 3-250");
    assertThat(list).hasSize(250);
    assertThat(list.get(2)).isEqualTo("e2");
    assertThat(asked).isEmpty();
    assertThat(list.get(3)).isEqualTo("…");
    assertThat(list.get(2)).isEqualTo("e2");
    asked.remove().answer(200);
    assertThat(list.get(3)).isEqualTo("e3");
    assertThat(list.get(249)).isEqualTo("…");
    assertThat(asked).extracting(Asked::offset).containsExactly(200);
  }

  /** It grew while a page was being read. */
  @Test
  void whatCameWhileAPageWasReadIsReadToo() {
    LazyList<String> list = list(3);
    list.get(0);
    list.grow(5);
    list.get(4);
    assertThat(asked).hasSize(1);
    asked.remove().answer(4);
    assertThat(list.get(3)).isEqualTo("e3");
    assertThat(list.get(4)).isEqualTo("…");
    asked.remove().answer(5);
    assertThat(list.get(4)).isEqualTo("e4");
  }

  @Test
  void aPageThatComesTooShortIsNotAskedForAgainAndAgain() {
    LazyList<String> list = list(10);
    list.get(0);
    asked.remove().answer(8);
    assertThat(list.get(9)).isEqualTo("…");
    assertThat(asked).isEmpty();
  }

  @Test
  void aPageThatWasNotReadIsAskedForAgain() {
    LazyList<String> list = list(10);
    list.get(0);
    asked.remove().arrival().dropped();
    list.get(0);
    assertThat(asked).hasSize(1);
  }
}
