package dev.memoryconsole.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The memories that metadata names. */
class RelationTest {
  @Test
  void keysAndRelationsNameOtherMemories() {
    assertThat(
            Relation.of(
                """
                {"supersedes":" a ","superseded_by":"b","canonical_id":"c",
                 "relations":[{"type":"about","targetId":"d"},{"type":"about","targetId":"d"},
                              {"targetId":"e"}]}\
                """))
        .containsExactly(
            new Relation(Relation.SUPERSEDES, "a"),
            new Relation(Relation.SUPERSEDED_BY, "b"),
            new Relation(Relation.CANONICAL, "c"),
            new Relation("about", "d"),
            new Relation("", "e"));
  }

  @Test
  void whatNamesNoMemoryIsPassedBy() {
    assertThat(Relation.of(null)).isEmpty();
    assertThat(Relation.of("not json")).isEmpty();
    assertThat(
            Relation.of(
                "{\"supersedes\":5,\"superseded_by\":\""
                    + " \",\"relations\":[1,\"x\",{\"type\":\"a\"},{\"targetId\":7}]}"))
        .isEmpty();
    assertThat(Relation.of("{\"relations\":{\"targetId\":\"a\"}}")).isEmpty();
  }
}
