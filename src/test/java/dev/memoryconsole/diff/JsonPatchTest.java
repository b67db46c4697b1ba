package dev.memoryconsole.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.RowColumn;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The patch makes of what was what is. */
class JsonPatchTest {
  private static ArrayNode patch(String from, String to) {
    return JsonPatch.of(MetadataDiff.between(from, to));
  }

  /** Applies a patch as RFC 6902 says. */
  private static ObjectNode apply(String from, ArrayNode patch) {
    ObjectNode document = MetadataJson.objectOrEmpty(from);
    for (JsonNode step : patch) {
      JsonPointer path = JsonPointer.compile(step.get("path").textValue());
      ObjectNode parent = (ObjectNode) document.at(path.head());
      String name = path.last().getMatchingProperty();
      switch (step.get("op").textValue()) {
        case "add" -> parent.set(name, step.get("value"));
        case "replace" -> {
          assertThat(parent.has(name)).isTrue();
          parent.set(name, step.get("value"));
        }
        case "remove" -> assertThat(parent.remove(name)).isNotNull();
        default -> throw new AssertionError(step);
      }
    }
    return document;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {\"a\":1}",
        "{\"a\":1} | {}",
        "{\"a\":1} | {\"a\":2,\"b\":null}",
        "{\"a\":null} | {\"a\":1}",
        "{\"a\":1} | {\"a\":null}",
        "{\"a\":{\"b\":{\"c\":1,\"d\":2}}} | {\"a\":{\"b\":{\"c\":3,\"e\":4}}}",
        "{\"a\":{\"b\":1}} | {\"a\":[1]}",
        "{\"a\":[1,2,3]} | {\"a\":[1,3]}",
        "{\"x/y\":1,\"~\":2,\"\":3,\"~1\":5} | {\"x/y\":2,\"~\":3,\"\":4,\"~1\":6}",
        "{\"a\":1e400} | {\"a\":2e400}"
      })
  void makesOfWhatWasWhatIs(String from, String to) {
    ArrayNode patch = patch(from, to);
    assertThat(patch).isNotEmpty();
    assertThat(apply(from, patch)).isEqualTo(MetadataJson.objectOrEmpty(to));
  }

  @Test
  void saysWhatRfc6902Says() {
    assertThat(patch("{\"a\":1,\"b\":2,\"c/d\":3}", "{\"a\":9,\"c/d\":3,\"e\":4}"))
        .hasToString(
            "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":9},"
                + "{\"op\":\"add\",\"path\":\"/e\",\"value\":4},"
                + "{\"op\":\"remove\",\"path\":\"/b\"}]");
    assertThat(patch("{\"a\":1}", "{\"a\":1}")).isEmpty();
  }

  @Test
  void columnsAreNoPartOfTheMetadata() {
    ColumnValues before = new ColumnValues(Map.of(RowColumn.SCOPE, "a"));
    ColumnValues after = new ColumnValues(Map.of(RowColumn.SCOPE, "b"));
    assertThat(
            JsonPatch.of(MetadataDiff.ofRow(new WrittenRow("{}", "{}", "{}", before, after), null)))
        .isEmpty();
  }
}
