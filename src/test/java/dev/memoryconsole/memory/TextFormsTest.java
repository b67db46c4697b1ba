package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Titles, simple enrichments and categories. */
class TextFormsTest {
  @Test
  void aTitleIsOneLineOf120Characters() {
    assertThat(Titles.of("  A\n b\t c ")).isEqualTo("A b c");
    assertThat(Titles.of("x".repeat(120))).isEqualTo("x".repeat(120));
    assertThat(Titles.of("x".repeat(121))).isEqualTo("x".repeat(120) + "…");
    assertThat(Titles.of("😀".repeat(121))).isEqualTo("😀".repeat(120) + "…");
    assertThat(Titles.of("")).isEmpty();
    assertThat(Titles.of(" ".repeat(300) + "late")).isEqualTo("late");
    assertThat(Titles.of(" ".repeat(500) + "too late")).isEmpty();
  }

  @Test
  void theSimpleAbstractIsTheFirstSentence() {
    Enrichment one = SimpleEnrichment.of("  One thing! Another. ");
    assertThat(one.abstractLine()).isEqualTo("One thing!");
    assertThat(one.overview()).isEqualTo("- One thing!");
    assertThat(one.content()).isEqualTo("  One thing! Another. ");
    assertThat(one.category()).isNull();
    assertThat(SimpleEnrichment.of("One line\nand another").abstractLine()).isEqualTo("One line");
    assertThat(SimpleEnrichment.of("...what").abstractLine()).isEqualTo("...what");
    assertThat(SimpleEnrichment.of("一句话。还有").abstractLine()).isEqualTo("一句话。");
  }

  @Test
  void theSimpleAbstractIsCutAt100UnitsButNotInsideACharacter() {
    assertThat(SimpleEnrichment.of("x".repeat(100)).abstractLine()).hasSize(100);
    assertThat(SimpleEnrichment.of("x".repeat(101)).abstractLine()).hasSize(100);
    assertThat(SimpleEnrichment.of("x".repeat(99) + "😀y").abstractLine())
        .isEqualTo("x".repeat(99));
    assertThat(SimpleEnrichment.of("x".repeat(98) + "😀y").abstractLine())
        .isEqualTo("x".repeat(98) + "😀");
    // Two halves that make no pair: nothing is torn.
    assertThat(SimpleEnrichment.of("x".repeat(99) + "\ud83dy").abstractLine()).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "preference, x, PREFERENCES",
    "entity, x, ENTITIES",
    "decision, x, EVENTS",
    "other, x, PATTERNS",
    "nonsense, x, PATTERNS",
    ", x, PATTERNS",
    "fact, The sky is blue, CASES",
    "fact, My dog is Bello, PROFILE",
    "fact, Hi I AM here, PROFILE"
  })
  void theColumnMapsToACategory(String column, String text, MemoryCategory category) {
    assertThat(MemoryCategory.fromColumn(column, text)).isEqualTo(category);
  }

  @Test
  void onlyAShortFactIsAProfile() {
    String about = "my dog is Bello";
    assertThat(MemoryCategory.fromColumn("fact", about + " ".repeat(199 - about.length())))
        .isEqualTo(MemoryCategory.PROFILE);
    assertThat(MemoryCategory.fromColumn("fact", about + " ".repeat(200 - about.length())))
        .isEqualTo(MemoryCategory.CASES);
  }

  @Test
  void categoriesHaveTheirNames() {
    assertThat(MemoryCategory.ofKey("events")).contains(MemoryCategory.EVENTS);
    assertThat(MemoryCategory.ofKey("EVENTS")).isEmpty();
    assertThat(MemoryCategory.ofKey(null)).isEmpty();
    assertThat(MemoryCategory.CASES.key()).isEqualTo("cases");
  }
}
