package dev.memoryconsole.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another memory that a memory's metadata names.
 *
 * @param type the key that names it, {@link #SUPERSEDES} for example, or the type that an element
 *     of the list {@code relations} has; may be empty
 * @param id the other memory's id
 */
public record Relation(String type, String id) {
  /** The key with the id of the memory that this one has taken the place of. */
  public static final String SUPERSEDES = "supersedes";

  /** The key with the id of the memory that has taken this one's place. */
  public static final String SUPERSEDED_BY = "superseded_by";

  /** The key with the id of the memory that says the same, and is the one to go by. */
  public static final String CANONICAL = "canonical_id";

  private static final List<String> KEYS = List.of(SUPERSEDES, SUPERSEDED_BY, CANONICAL);

  /**
   * The memories that metadata names, as the plugin writes them; what is written otherwise is not.
   */
  public static List<Relation> of(@Nullable String metadata) {
    ObjectNode object = MetadataJson.objectOrEmpty(metadata);
    LinkedHashSet<Relation> found = new LinkedHashSet<>();
    for (String key : KEYS) {
      add(found, key, object.path(key));
    }
    for (JsonNode element : object.path("relations")) {
      add(found, element.path("type").asText(), element.path("targetId"));
    }
    return new ArrayList<>(found);
  }

  private static void add(LinkedHashSet<Relation> found, String type, JsonNode id) {
    if (id.isTextual() && !id.textValue().isBlank()) {
      found.add(new Relation(type, id.textValue().strip()));
    }
  }
}
