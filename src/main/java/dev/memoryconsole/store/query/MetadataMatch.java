package dev.memoryconsole.store.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.memory.MetadataJson;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether metadata meets a condition, for stores that can't be asked. Stateless. */
public final class MetadataMatch {
  private MetadataMatch() {}

  /** Whether the metadata of a row, as the column holds it, meets a condition. */
  public static boolean holds(Condition.OfMetadata condition, @Nullable String metadata) {
    JsonNode found = MetadataJson.object(metadata).map(JsonNode.class::cast).orElse(null);
    for (String key : condition.path()) {
      found = found != null && found.isObject() ? found.get(key) : null;
    }
    JsonNode node = found;
    return switch (condition) {
      case Condition.MetaPresent present -> present.wanted() == isThere(node);
      case Condition.MetaEquals equals -> node != null && holds(equals.values(), node);
      case Condition.MetaCompares compares -> {
        OptionalDouble number = Numbers.in(node);
        yield number.isPresent()
            && compares.comparison().holds(number.getAsDouble(), compares.value());
      }
      case Condition.Without opposite -> !holds(opposite.condition(), metadata);
    };
  }

  private static boolean isThere(@Nullable JsonNode node) {
    return node != null && !node.isNull() && !(node.isTextual() && node.textValue().isEmpty());
  }

  private static boolean holds(Set<String> values, JsonNode node) {
    if (node.isArray()) {
      for (JsonNode each : node) {
        if (!each.isContainerNode() && holds(values, each)) {
          return true;
        }
      }
      return false;
    }
    return !node.isObject() && values.stream().anyMatch(value -> isScalar(value, node));
  }

  private static boolean isScalar(String value, JsonNode node) {
    if (node.isNumber()) {
      OptionalDouble number = Numbers.of(value);
      return number.isPresent() && number.getAsDouble() == node.doubleValue();
    }
    // Of the words of JSON, asText is the word.
    return AsciiCase.folded(node.asText()).equals(AsciiCase.folded(value));
  }
}
