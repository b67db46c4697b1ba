package dev.memoryconsole.mend.find;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendField;
import java.util.Map;
import java.util.Optional;

/**
 * The categories of memories that the plugin made of a reflection: its own rule, by which the kind
 * of a reflection's item decides on both.
 */
public final class MappedReflection {
  private static final String TYPE = "memory-reflection-mapped";
  private static final String KIND = "mappedKind";

  private MappedReflection() {}

  private record Categories(String metadata, String column) {}

  /** What has to be set in a row; empty if it is none of these, or is right. */
  public static Optional<FieldChanges> mend(MemoryEntry row) {
    return mend(row, MetadataJson.objectOrEmpty(row.metadata()));
  }

  static Optional<FieldChanges> mend(MemoryEntry row, ObjectNode metadata) {
    if (!metadata.path(Keys.TYPE).asText().equals(TYPE)) {
      return Optional.empty();
    }
    return expected(metadata.path(KIND).asText())
        .filter(
            expected ->
                !metadata.path(Keys.MEMORY_CATEGORY).asText().equals(expected.metadata())
                    || !expected.column().equals(row.category()))
        .map(
            expected ->
                new FieldChanges(
                    Map.of(
                        MendField.MEMORY_CATEGORY,
                        expected.metadata(),
                        MendField.CATEGORY,
                        expected.column())));
  }

  private static Optional<Categories> expected(String kind) {
    return switch (kind) {
      case "user-model" -> Optional.of(new Categories("preferences", "preference"));
      case "agent-model" -> Optional.of(new Categories("patterns", "other"));
      case "lesson", "decision" -> Optional.of(new Categories("cases", "fact"));
      default -> Optional.empty();
    };
  }
}
