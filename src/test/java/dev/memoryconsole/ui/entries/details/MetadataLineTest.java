package dev.memoryconsole.ui.entries.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata, line by line. */
class MetadataLineTest {
  private static List<MetadataLine> of(String metadata) {
    return MetadataLine.of(metadata).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"upgraded_at\":1790000000000",
        "\"valid_from\":1790000000",
        "\"valid_until\":1790000000000",
        "\"suppressed_until_ms\":1790000000000",
        "\"timestamp\":1790000000",
        "\"createdAt\":1790000000000"
      })
  void momentsAreKnownByTheirNamesAndValues(String field) {
    assertThat(of("{" + field + "}").getFirst().time()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"access_count\":1790000000000",
        "\"suppressed_until_turn\":1790000000",
        "\"last_injected_at\":0",
        "\"elapsed_ms\":1200",
        "\"upgraded_from\":\"fact\"",
        "\"upgraded_at\":1.5",
        "\"upgraded_at\":\"1790000000000\"",
        "\"format\":1790000000000"
      })
  void whatIsNoMomentIsLeftAsItIs(String field) {
    assertThat(of("{" + field + "}").getFirst().time()).isNull();
  }

  @Test
  void objectsAndListsHaveParts() {
    List<MetadataLine> lines =
        of("{\"a\":\"x\\ny\",\"history\":[{\"at\":1790000000000,\"n\":1e400},2],\"empty\":{}}");
    assertThat(lines).extracting(MetadataLine::name).containsExactly("a", "history", "empty");
    assertThat(lines.getFirst().text()).isEqualTo("x\ny");
    assertThat(lines.getFirst().json()).isEqualTo("\"x\\ny\"");
    assertThat(lines.get(2).parts()).isEmpty();
    List<MetadataLine> history = Objects.requireNonNull(lines.get(1).parts());
    assertThat(history).extracting(MetadataLine::name).containsExactly("1", "2");
    List<MetadataLine> first = Objects.requireNonNull(history.getFirst().parts());
    assertThat(first.getFirst().time()).isEqualTo(1_790_000_000_000L);
    assertThat(first.get(1).text()).isEqualTo("1E+400");
  }

  @Test
  void whatIsNoObjectHasNoLines() {
    assertThat(MetadataLine.of("[1]")).isEmpty();
    assertThat(MetadataLine.of("no json")).isEmpty();
    assertThat(MetadataLine.of(null)).isEmpty();
    assertThat(of("{}")).isEmpty();
  }
}
