package dev.memoryconsole.crash;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.RowInsertion;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.Entries;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run finds when it starts. */
enum Scenario {
  /** Forty legacy rows of all kinds, one upgraded one, and an id that is not there. */
  UPGRADE,
  /** What {@link #UPGRADE} finds, with each row written by a compare-and-swap of its own. */
  SWAP,
  /** The rows after a run whose model failed for all of them. */
  RETRY,
  /** What {@link #UPGRADE} finds; fields of all rows are set. */
  MEND,
  /** What {@link #UPGRADE} finds; of each four rows one is kept and three are deleted. */
  MERGE,
  /** What {@link #UPGRADE} finds; all rows are deleted. */
  DELETE,
  /** The rows after a good run, and an agent wrote into some since. */
  UNDO,
  /** No rows, after a run that deleted all; they are put back. */
  RETURN;

  /** What a mend sets. */
  static final List<String> FIELDS =
      List.of("state=archived", "scope=agent:two", "category=decision", "importance=0.25");

  private static final int ROWS = 40;

  /** The command's name. */
  String command() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** How many runs there were before. */
  int runsBefore() {
    return switch (this) {
      case UPGRADE, SWAP, MEND, MERGE, DELETE -> 0;
      case RETRY, UNDO, RETURN -> 1;
    };
  }

  /** What an upgrade is asked for. */
  static List<String> chosen() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      ids.add("m" + i);
    }
    ids.add("done");
    ids.add("gone");
    return ids;
  }

  /** Makes the store and the journal of before. */
  void prepare(Site site) throws Exception {
    Enricher before = this == RETRY ? DOWN : new ScriptedModel(site.folder().resolve("before.txt"));
    try (Upgrades upgrades =
        new Assembly(before, Clock.systemUTC())
            .openOrCreate(site.memories().location(), site.workspace())) {
      ((RowInsertion) upgrades.store()).insert(rows(), ExistingRows.SKIP);
      SiteStore memories = site.memories();
      memories.execute("UPDATE memories SET vector = " + memories.binary("'vector of ' || id"));
      if (this == MERGE) {
        memories.execute(
            "UPDATE memories SET text = 'The same of ' || (%s / 4) WHERE id <> 'done'"
                .formatted(memories.number()));
      }
      if (this == RETURN) {
        upgrades.mend(CrashMain.deletions(upgrades), CrashMain.OPTIONS).await();
      } else if (runsBefore() > 0) {
        upgrades.upgrade(chosen(), CrashMain.OPTIONS).await();
      }
    }
    if (this == UNDO) {
      site.memories()
          .execute(
              "UPDATE memories SET metadata = "
                  + site.memories()
                      .withKeys("access_count", "99", "l0_abstract", "\"The agent knows better.\"")
                  + " WHERE id IN ('m3', 'm11', 'm30')");
    }
  }

  private static List<MemoryEntry> rows() {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row("m" + i, metadata(i)));
    }
    rows.add(row("done", "{\"memory_category\":\"events\"}"));
    return rows;
  }

  private static MemoryEntry row(String id, @Nullable String metadata) {
    return Entries.entry(id, "The text of " + id + ". It has a second sentence.", metadata);
  }

  private static @Nullable String metadata(int number) {
    return switch (number % 5) {
      case 0 -> null;
      case 1 -> "no { json";
      case 2 -> "{ \"tier\" : \"core\", \"access_count\": 7.0 }";
      case 3 -> "";
      default -> "{\"note\":\"kept\",\"deep\":[1,{\"a\":1e3}]}";
    };
  }

  private static final Enricher DOWN =
      new Answering(
          "llm:scripted",
          entry -> {
            throw new EnrichmentException(Message.verbatim("The model is down."));
          });
}
