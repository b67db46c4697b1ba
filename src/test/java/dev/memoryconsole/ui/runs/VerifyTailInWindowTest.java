package dev.memoryconsole.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.journal.Journal;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a window does long after its runs, over a store whose other writers write older copies back
 * and which is looked at again sooner than a real one.
 */
class VerifyTailInWindowTest extends WindowTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String OLD = "{\"access_count\":0}";

  VerifyTailInWindowTest() {
    clock = Clock.systemUTC();
  }

  private Path store;

  @BeforeEach
  void makeStore() throws Exception {
    store = services.store("a.db", legacy(3));
  }

  private void upgradeFirst(Duration... looks) {
    services.looks = List.of(looks);
    show(store);
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    key(KeyCode.DIGIT2, true, false);
  }

  /** As an agent's stale handle does. */
  private void overwrite() throws SQLException {
    Sql.update(store, "UPDATE memories SET metadata = ? WHERE id = 'm00'", OLD);
  }

  private boolean isUpgraded() {
    try (MemoryStore open = SqliteStore.open(store)) {
      return String.valueOf(open.find(List.of("m00")).getFirst().metadata())
          .contains("upgraded_at");
    }
  }

  private RunRecord recorded() {
    try (Journal journal = new SqliteJournal(services.journal())) {
      return journal.runs().latest(store.toString(), 1).getFirst();
    }
  }

  @Test
  void aRunIsSettledAfterTheLastLookAndNotBefore() {
    upgradeFirst(Duration.ofMillis(300), NEVER);
    await()
        .atMost(Duration.ofSeconds(60))
        .during(Duration.ofSeconds(1))
        .until(() -> ask(() -> says("verified, looked at again later")));
    assertThat(recorded().verification()).isEqualTo(Verification.VERIFIED);
  }

  @Test
  void theLastLookSettlesARun() {
    upgradeFirst(Duration.ofMillis(100), Duration.ofMillis(600));
    until(() -> says("verified, settled"));
    assertThat(recorded().verification()).isEqualTo(Verification.SETTLED);
    assertThat(recorded().reapplied()).isZero();
  }

  @Test
  void whatWasOverwrittenSinceIsReappliedByALaterLookAndLookedAtOnceMore() throws Exception {
    upgradeFirst(Duration.ofSeconds(1), Duration.ofSeconds(4));
    overwrite();
    await().atMost(Duration.ofSeconds(60)).until(this::isUpgraded);
    until(() -> says("verified, settled"));
    assertThat(recorded().reapplied()).isOne();
  }

  @Test
  void whatIsOpenSurvivesTheWindow() throws Exception {
    upgradeFirst(NEVER);
    run(() -> stage.hide());
    overwrite();
    assertThat(recorded().verification()).isEqualTo(Verification.VERIFIED);
    services.looks = List.of(Duration.ofMillis(1));
    show(store);
    until(() -> says("Another program wrote an older copy over 1 memory of run 1."));
    assertThat(recorded().verification()).isEqualTo(Verification.VERIFIED);
    press("#reapplyOffered");
    await().atMost(Duration.ofSeconds(60)).until(this::isUpgraded);
    key(KeyCode.DIGIT2, true, false);
    until(() -> says("verified, settled"));
  }
}
