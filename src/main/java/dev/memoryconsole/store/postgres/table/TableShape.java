package dev.memoryconsole.store.postgres.table;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.postgres.connection.PostgresAddress;
import dev.memoryconsole.store.postgres.connection.PostgresCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of memories as it is. Immutable.
 *
 * @param address the table, in the schema where it was found
 * @param columns all columns with their types as the server writes them, in the table's order
 * @param metadata how its metadata is kept
 * @param keepsVersions whether there is a column that can hold a row's version
 * @param changeable the columns of a view that can be written through it; null of a table
 * @param refusal why nothing may be written; null if it may
 */
public record TableShape(
    PostgresAddress address,
    Map<String, String> columns,
    Metadata metadata,
    boolean keepsVersions,
    @Nullable Set<String> changeable,
    @Nullable Message refusal) {
  /** The column with what the agent remembers. */
  public static final String TEXT = "text";

  /** The column with the raw metadata. */
  public static final String METADATA = "metadata";

  /** The column that counts a row's writes. */
  public static final String VERSION = "version";

  /** How metadata is kept. */
  public enum Metadata {
    /** As it was written, whatever it is. */
    TEXT("text"),
    /** As it was written, if it is JSON. */
    JSON("json"),
    /** As values: order, spaces and the spelling of numbers are the server's. */
    JSONB("jsonb");

    private final String type;

    Metadata(String type) {
      this.type = type;
    }

    /** The type as the server writes it. */
    public String type() {
      return type;
    }
  }

  /** Whether it is a view, through which what is there is changed, and nothing comes or goes. */
  public boolean isView() {
    return changeable != null;
  }

  /** Why a change of one of these columns can't be written; null if it can. */
  public @Nullable Message flaw(Collection<String> columns) {
    return changeable == null
        ? null
        : columns.stream()
            .filter(column -> !changeable.contains(column))
            .findFirst()
            .map(PostgresCode.NOT_THROUGH_THE_VIEW::with)
            .orElse(null);
  }

  /** The columns of a row as a reader takes them, in this order. */
  public String selected() {
    return String.join(
        ", ",
        List.of(
            "CAST(id AS text)",
            "CAST(\"text\" AS text)",
            "CAST(category AS text)",
            "CAST(scope AS text)",
            "CAST(importance AS double precision)",
            timestamp(),
            "CAST(metadata AS text)",
            keepsVersions ? "CAST(version AS bigint)" : "CAST(0 AS bigint)"));
  }

  /** The timestamp as a whole number. */
  public String timestamp() {
    boolean whole = Optional.ofNullable(columns.get("timestamp")).orElse("").matches(".*int.*");
    return whole ? "CAST(\"timestamp\" AS bigint)" : "CAST(floor(\"timestamp\") AS bigint)";
  }

  /** A row's time in milliseconds. */
  public String millis() {
    return NewTable.millis("\"timestamp\"");
  }

  /**
   * Metadata from elsewhere as the column takes it: what is no JSON becomes a text of JSON, whole,
   * where the column takes nothing else.
   */
  public @Nullable String taken(@Nullable String foreign) {
    return foreign == null || metadata == Metadata.TEXT || MetadataJson.isJson(foreign)
        ? foreign
        : MetadataJson.write(TextNode.valueOf(foreign));
  }

  /** What is said of metadata that can't be kept; null if it can. */
  public @Nullable Message flaw(@Nullable String json) {
    if (json == null) {
      return null;
    }
    if (!StorableText.isStorable(json)) {
      return PostgresCode.NOT_STORABLE.with();
    }
    return metadata == Metadata.TEXT || StorableText.isJson(json, metadata == Metadata.JSONB)
        ? null
        : PostgresCode.NO_JSON.with();
  }

  /** The table as statements name it. */
  public String name() {
    return address.quotedTable();
  }
}
