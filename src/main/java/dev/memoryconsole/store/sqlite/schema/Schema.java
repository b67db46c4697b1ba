package dev.memoryconsole.store.sqlite.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a store's tables are called, and the scripts that make them. */
public final class Schema {
  /** The version this program writes. */
  public static final int VERSION = 3;

  /** "MemC": tells our files from other SQLite databases. */
  public static final int APPLICATION_ID = 0x4D656D43;

  /** The triggers on memories and what follows from them. */
  public static final List<String> TRIGGERS =
      List.of(
          "memories_before_insert",
          "memories_before_text",
          "memories_after_insert",
          "memories_after_update",
          "memories_after_delete",
          "memories_text_changed",
          "memories_abstract_changed");

  /** Those of versions 1 and 2, whose text index had texts of its own. */
  public static final List<String> TRIGGERS_OF_BEFORE =
      List.of(
          "memories_after_insert",
          "memories_after_update",
          "memories_after_delete",
          "memories_after_text",
          "memories_abstract_changed");

  private Schema() {}

  /** Returns the view of what is derived from a memory, as a query. */
  public static String derivation() {
    String tables = script("tables");
    String begin = "CREATE VIEW memories_derived AS";
    int from = tables.indexOf(begin) + begin.length();
    return tables.substring(from, tables.indexOf(';', from));
  }

  /** Returns what SQLite writes down of the text index that keeps no texts. */
  static String textIndex() {
    String search = script("search");
    String begin = "CREATE VIRTUAL TABLE IF NOT EXISTS memories_text_fts";
    int from = search.indexOf(begin);
    return search
        .substring(from, search.indexOf(';', from))
        .replace(begin, "CREATE VIRTUAL TABLE memories_text_fts");
  }

  /** Returns a part of the schema's script. */
  static String script(String part) {
    String name = "schema-" + VERSION + "-" + part + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
