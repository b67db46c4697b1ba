package dev.memoryconsole.memory.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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
  void uuidsComeBackAsTheyWereAmongWhateverLooksLikeOne() {
    List<String> ids = new ArrayList<>();
    IdList.Builder builder = new IdList.Builder();
    for (int i = 0; i < 2_000; i++) {
      String uuid = new UUID(i * 0x9E3779B97F4A7C15L, i - 7L).toString();
      // The first blocks are of UUIDs alone, the others hold one that is not in Java's form.
      String id =
          i < 700
              ? uuid
              : switch (i % 300) {
                case 1 -> uuid.toUpperCase(Locale.ROOT);
                case 2 -> uuid.replace('-', '_');
                case 3 -> uuid + "0";
                case 4 -> "1-2-3-4-5";
                default -> uuid;
              };
      ids.add(id);
      builder.add(id);
    }
    assertThat(builder.build()).isEqualTo(ids);
  }

  @Test
  void isEmptyWhereNothingWasAdded() {
    assertThat(new IdList.Builder().build()).isEmpty();
  }
}
