package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.app.OwnServices;
import dev.memoryconsole.enrich.Enriched;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.EnrichmentException;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.shared.Console;
import dev.memoryconsole.upgrade.shared.SharedTable;
import dev.memoryconsole.upgrade.shared.SharedTables;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that another machine works on, in the window of whoever looks. */
@Tag("slow")
class SharedInWindowTest extends WindowTest {
  private static final int ROWS = 600;
  // What it takes at once, without a model.
  private static final int TAKEN = 500;
  private static final UpgradeOptions OPTIONS =
      UpgradeOptions.DEFAULT.withConcurrency(2).withBatchSize(4);

  private final Semaphore answers = new Semaphore(10);

  SharedInWindowTest() {
    clock = Clock.systemUTC();
  }

  // There for as long as the window is.
  @AutoClose private final SharedTables tables = new SharedTables();

  /** A machine that enriches as many as it is let. */
  private Console otherMachine(SharedTable table) {
    Enricher simple = new SimpleEnricher();
    return Console.open(
        table.url(),
        folder.resolve("other.db"),
        Enrichers.of(
            new Enricher() {
              @Override
              public String name() {
                return simple.name();
              }

              @Override
              public Enriched enrich(MemoryEntry entry)
                  throws EnrichmentException, InterruptedException {
                answers.acquire();
                return simple.enrich(entry);
              }
            }),
        Duration.ofSeconds(3));
  }

  private void open(SharedTable table, Theme theme) {
    show(
        OwnServices.in(folder, clock),
        clock,
        () -> OPTIONS,
        null,
        Locale.ENGLISH,
        theme,
        1280,
        800);
    openTable(table.url());
    press("#runs");
  }

  private boolean sharedSays(String words) {
    return on("#sharedBy") && node("#sharedBy", Label.class).getText().contains(words);
  }

  /** Goes to an entry, by its place in the run; true if the table says this of it. */
  private boolean outcome(int position, String word) {
    run(() -> node("#runEntries", TableView.class).scrollTo(position));
    return ask(
        () ->
            root().lookupAll("#runEntries .table-row-cell").stream()
                .filter(
                    row ->
                        row instanceof TableRow<?> cells
                            && cells.getItem() instanceof EntryRecord entry
                            && entry.position() == position)
                .flatMap(row -> row.lookupAll(".state-badge").stream())
                .anyMatch(badge -> badge instanceof Label label && label.getText().equals(word)));
  }

  private Bounds inScene(String selector) {
    Node node = node(selector, Node.class);
    return node.localToScene(node.getLayoutBounds());
  }

  @Test
  void isWatchedPausedGoneOnWithAndSharedIn() throws Exception {
    SharedTable table = tables.of(ROWS);
    try (Console other = otherMachine(table)) {
      long run = other.upgrades().share(other.plan(), OPTIONS, TeamTerms.NONE);
      RunHandle part = other.upgrades().work(run, OPTIONS);
      open(table, Theme.LIGHT);
      until(() -> sharedSays("one console is at work on it"));
      Pictures.shoot(stage, "74-shared-run-light");
      assertThat(ask(() -> inScene("#restForAll").getMinX() - inScene("#takePart").getMaxX()))
          .isBetween(6.0, 10.0);
      // It has taken some, and nobody has the rest.
      until(() -> outcome(TAKEN - 1, "at work"));
      until(() -> outcome(ROWS - 1, "waiting"));

      press("#restForAll");
      until(() -> part.progress().state() == RunState.PAUSED);
      until(() -> sharedSays("paused for all"));
      assertThat(on("#takePart")).isFalse();
      press("#restForAll");
      until(() -> part.progress().state() == RunState.RUNNING);
      until(() -> sharedSays("at work on it"));

      press("#takePart");
      // The other stands still with what it has taken.
      until(
          () -> other.upgrades().run(run).orElseThrow().count(EntryState.UPGRADED) > ROWS - TAKEN);
      answers.release(ROWS);
      part.await();
      until(() -> !on("#sharedBy"));
      assertThat(other.upgrades().run(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
      assertThat(table.writes()).allSatisfy((_, writes) -> assertThat(writes).isEqualTo("1"));
    }
  }

  @Test
  void isCancelledForAllAfterAQuestion() throws Exception {
    SharedTable table = tables.of(ROWS);
    try (Console other = otherMachine(table)) {
      long run = other.upgrades().share(other.plan(), OPTIONS, TeamTerms.NONE);
      RunHandle part = other.upgrades().work(run, OPTIONS);
      open(table, Theme.DARK);
      until(() -> sharedSays("one console is at work on it"));
      Pictures.shoot(stage, "74-shared-run-dark");
      press("#cancelForAll");
      until(() -> on("#yes"));
      press("#yes");
      assertThat(part.await().state()).isEqualTo(RunState.CANCELLED);
      until(() -> sharedSays("cancelled for all"));
      press("#restForAll");
      until(() -> sharedSays("nobody is at work"));
      assertThat(other.team().open()).hasSize(1);
    }
  }
}
