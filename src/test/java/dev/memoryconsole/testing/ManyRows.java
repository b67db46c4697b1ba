package dev.memoryconsole.testing;

import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A large store, made at one go: rows as agents leave them, in no order, six of ten legacy, the
 * others upgraded by a model or after its failure.
 */
public final class ManyRows {
  private static final String[] CATEGORIES = {"fact", "preference", "decision", "entity", "other"};
  private static final String[] WORDS =
      ("gradle bazel friday deploy service port latency budget paris kubernetes postgres invoice"
           + " garden piano vegetarian standup retro sprint cache token vector memory agent owner"
           + " review branch merge release weekly backup")
          .split(" ");
  private static final long FIRST = 1_690_000_000_000L;
  private static final long SPAN = 60_000_000_000L;

  private ManyRows() {}

  /** Makes a store of this program's, always the same. */
  public static void fill(Path file, int count, int words) throws SQLException {
    fill(file, count, words, 1);
  }

  /**
   * Makes a store of this program's.
   *
   * @param words how many words a text has, beside a few at its ends
   * @param seed the same rows for the same seed
   */
  public static void fill(Path file, int count, int words, long seed) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement control = connection.createStatement()) {
      control.execute("PRAGMA journal_mode = OFF");
      control.execute("PRAGMA synchronous = OFF");
      control.execute("PRAGMA cache_size = -400000");
      control.execute(
          "CREATE TABLE memories (id TEXT PRIMARY KEY NOT NULL, text TEXT, vector BLOB,"
              + " category TEXT, scope TEXT, importance REAL, timestamp INTEGER, metadata TEXT,"
              + " version INTEGER DEFAULT 1)");
      connection.setAutoCommit(false);
      insert(connection, count, words, seed);
      connection.commit();
      connection.setAutoCommit(true);
      SchemaBuilder.create(connection);
      // As it is when the store has been quiet for a while.
      control.execute(
          "INSERT INTO memories_abstract_fts (rowid, abstract)"
              + " SELECT doc, abstract FROM memories_doc WHERE abstract <> ''");
      control.execute("DELETE FROM memories_abstract_pending");
      control.execute("PRAGMA journal_mode = WAL");
    }
  }

  /** Adds the same rows to a table of memories that is there. */
  public static void insert(Connection connection, int count, int words, long seed)
      throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO memories (id, text, category, scope, importance, timestamp, metadata)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < count; i++) {
        String text = text(random, i, words);
        insert.setString(1, new UUID(random.nextLong(), random.nextLong()).toString());
        insert.setString(2, text);
        insert.setString(3, CATEGORIES[random.nextInt(CATEGORIES.length)]);
        insert.setString(4, i % 3 == 0 ? "global" : "agent:" + random.nextInt(20));
        insert.setDouble(5, random.nextInt(101) / 100.0);
        insert.setLong(6, FIRST + random.nextLong(SPAN));
        insert.setString(7, metadata(random, text));
        insert.addBatch();
        if (i % 10_000 == 9_999) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static String text(SplittableRandom random, int number, int words) {
    StringBuilder text = new StringBuilder("The ");
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.append("is number ").append(number).append('.').toString();
  }

  private static String metadata(SplittableRandom random, String text) {
    int kind = random.nextInt(20);
    if (kind < 12) {
      return "{\"access_count\":" + random.nextInt(50) + ",\"source\":\"manual\"}";
    }
    return ("{\"l0_abstract\":\"%s\",\"l1_overview\":\"- %s\",\"l2_content\":\"%s\","
            + "\"memory_category\":\"events\",\"tier\":\"%s\",\"source\":\"manual\","
            + "\"confidence\":0.7,\"upgraded_from\":\"fact\",\"upgraded_at\":1735000000000,"
            + "\"upgraded_by\":\"%s\"%s}")
        .formatted(
            text.substring(0, Math.min(40, text.length())),
            text.substring(0, Math.min(60, text.length())),
            text,
            random.nextInt(3) == 0 ? "core" : "working",
            kind == 19 ? "simple" : "llm:large",
            kind == 19 ? ",\"upgrade_error\":\"timed out\"" : "");
  }
}
