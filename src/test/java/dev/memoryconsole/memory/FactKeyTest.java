package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FactKeyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Editor: prefers vim | preferences:editor",
        "  Favourite   Editor : vim | preferences:favourite editor",
        "编辑器：喜欢 vim | preferences:编辑器",
        "Tea -> green | preferences:tea",
        "Tea => green | preferences:tea",
        "Tea -> green: always | preferences:tea -> green",
        "Likes green tea.  | preferences:likes green tea",
        "Likes tea?!.。 | preferences:likes tea",
        "Likes tea ! : x | preferences:likes tea",
        ": no topic | preferences:: no topic",
        "ÄRGER: ja | preferences:ärger",
      })
  void theTopicIsWhatComesBeforeTheFirstSeparator(String line, String key) {
    assertThat(FactKey.of(MemoryCategory.PREFERENCES, line)).contains(key);
  }

  @ParameterizedTest
  @EnumSource(
      value = MemoryCategory.class,
      names = {"PREFERENCES", "ENTITIES"},
      mode = EnumSource.Mode.EXCLUDE)
  void otherCategoriesHaveNone(MemoryCategory category) {
    assertThat(FactKey.of(category, "Editor: vim")).isEmpty();
  }

  @Test
  void entitiesHaveOneToo() {
    assertThat(FactKey.of(MemoryCategory.ENTITIES, "Bello: a dog")).contains("entities:bello");
  }

  @Test
  void aSeparatorCountsOnlyWithinTheFirst120UnitsOfTheFirstLine() {
    String longTopic = "a".repeat(120);
    assertThat(FactKey.of(MemoryCategory.ENTITIES, longTopic + ": b"))
        .contains("entities:" + longTopic);
    assertThat(FactKey.of(MemoryCategory.ENTITIES, longTopic + "a: b"))
        .contains("entities:" + longTopic + "a: b");
    assertThat(FactKey.of(MemoryCategory.ENTITIES, "One\ntwo: three"))
        .contains("entities:one two: three");
    assertThat(FactKey.of(MemoryCategory.ENTITIES, "One\u2028two: three"))
        .contains("entities:one two: three");
  }

  @Test
  void aBlankTopicGivesNoKey() {
    assertThat(FactKey.of(MemoryCategory.ENTITIES, " \n ")).isEmpty();
    assertThat(FactKey.of(MemoryCategory.ENTITIES, "...!")).isEmpty();
  }
}
