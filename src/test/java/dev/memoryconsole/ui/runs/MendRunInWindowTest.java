package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mend of the command line among the window's runs: shown and taken back. */
class MendRunInWindowTest extends WindowTest {
  @Test
  void aMendIsShownAndTakenBack() throws Exception {
    Path store = services.store("a.db", legacy(12));
    mend(store);
    show(store);
    press("#runs");
    until(() -> says("Run 1 · mend"));
    until(() -> on("#undoRun"));
    press("#undoRun");
    until(() -> says("takes back what run 1 wrote in 12 memories"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    try (SqliteStore open = SqliteStore.open(store)) {
      assertThat(open.page(EntryQuery.ALL, 0, 20))
          .extracting(MemoryEntry::scope)
          .doesNotContain("agent:two");
    }
  }

  private void mend(Path store) throws InterruptedException {
    try (Upgrades upgrades =
        new UpgradeService(
            SqliteStore.open(store),
            new SqliteJournal(services.journal()),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      MendPreview preview =
          MendPreview.of(
              upgrades.store(),
              EntryQuery.ALL,
              Integer.MAX_VALUE,
              FieldChanges.parse(List.of("scope=agent:two", "state=archived")));
      upgrades.mend(preview.mends(), UpgradeOptions.DEFAULT).await();
    }
  }
}
