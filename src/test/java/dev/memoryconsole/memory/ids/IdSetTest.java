package dev.memoryconsole.memory.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdSetTest {
  @Test
  void knowsItsIdsAndNoOthers() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      ids.add(i % 2 == 0 ? new UUID(i, 7).toString() : "id-" + i);
    }
    IdSet set = IdSet.copyOf(ids);
    assertThat(set).containsExactlyElementsOf(ids).isEqualTo(Set.copyOf(ids));
    assertThat(ids).allMatch(set::contains);
    assertThat(set.contains("id-0")).isFalse();
    assertThat(set.contains(new UUID(1, 7).toString())).isFalse();
    assertThat(IdSet.copyOf(set)).isSameAs(set);
  }

  @Test
  void keepsTheFirstOfWhatComesTwice() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ids.add(new UUID(i * 31L % 700, i % 3).toString());
    }
    assertThat(IdSet.copyOf(ids).list()).isEqualTo(List.copyOf(new LinkedHashSet<>(ids)));
  }

  /** Strings of one hash lie beside each other, whatever they are. */
  @Test
  void tellsIdsOfOneHashApart() {
    List<String> ids = List.of("AaAa", "BBBB", "AaBB", "BBAa", "AaAa");
    IdSet set = IdSet.copyOf(ids);
    assertThat(set.list()).containsExactly("AaAa", "BBBB", "AaBB", "BBAa");
    assertThat(IdSet.copyOf(List.of("AaAa")).contains("BBBB")).isFalse();
  }

  @Test
  void isEmptyOfNone() {
    assertThat(IdSet.copyOf(List.of())).isEmpty();
    assertThat(IdSet.copyOf(List.of()).contains("")).isFalse();
  }
}
