package dev.memoryconsole.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdListTest {
  @Test
  void holdsEveryIdInItsPlace() {
    List<String> ids = new ArrayList<>();
    IdList.Builder builder = new IdList.Builder();
    for (int i = 0; i < 1_000; i++) {
      String id = i % 7 == 0 ? "" : "id-" + i + (i % 3 == 0 ? "\uD800 多 😀" : "");
      ids.add(id);
      builder.add(id);
      assertThat(builder.size()).isEqualTo(i + 1);
    }
    IdList list = builder.build();
    assertThat(list).isEqualTo(ids).hasSize(1_000);
    assertThat(list.subList(255, 513)).isEqualTo(ids.subList(255, 513));
    assertThatThrownBy(() -> list.get(1_000)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void isEmptyWhereNothingWasAdded() {
    assertThat(new IdList.Builder().build()).isEmpty();
  }
}
