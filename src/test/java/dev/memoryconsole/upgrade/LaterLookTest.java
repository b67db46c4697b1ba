package dev.memoryconsole.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.store.SnapshotProgress;
import dev.memoryconsole.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at the writes of runs that ended before. */
@Timeout(60)
@Tag("slow")
class LaterLookTest extends VerifyTestBase {
  @Test
  void aLaterLookFindsWhatWasOverwrittenSinceAndItIsReapplied() throws Exception {
    List<String> ids = addLegacy(4);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    assertThat(upgrades.verify(null).findings()).isEmpty();
    writeOldCopyBack("m1");
    executeAsAgent("UPDATE memories SET text = 'Another.', metadata = '{}' WHERE id = ?", "m2");
    executeAsAgent("DELETE FROM memories WHERE id = ?", "m3");
    VerifyReport report = upgrades.verifyUnsettled();
    assertThat(report.checked()).isEqualTo(4);
    assertThat(report.count(WriteFate.IN_PLACE)).isOne();
    assertThat(report.findings())
        .extracting(VerifyReport.Lost::id, VerifyReport.Lost::fate)
        .containsExactly(
            tuple("m1", WriteFate.OVERWRITTEN),
            tuple("m2", WriteFate.REWRITTEN),
            tuple("m3", WriteFate.MISSING));
    assertThat(report.runsToReapply()).containsExactly(run.id());
    RunProgress end = upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(end.state()).isEqualTo(RunState.COMPLETED);
    assertThat(end.reapplied()).isOne();
    assertThat(isUpgraded("m1")).isTrue();
    assertThat(row("m2").metadata()).isEqualTo("{}");
    assertThat(upgrades.verify(run.id()).count(WriteFate.OVERWRITTEN)).isZero();
  }

  @Test
  void aRunFoundInPlaceWhenNoWriteCanBeWaitingIsSettled() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    run.await();
    upgrades.verifyUnsettled();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.VERIFIED);
    upgrades.close();
    Clock later = Clock.fixed(Instant.now().plusSeconds(300), ZoneOffset.UTC);
    upgrades = service(SqliteStore.open(file()), folder, later);
    assertThat(upgrades.verifyUnsettled().checked()).isOne();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.SETTLED);
    assertThat(upgrades.verifyUnsettled().checked()).isZero();
  }

  /** All of it by what the journal keeps: each look is another process's. */
  @Test
  void whatWasVerifiedIsDueAgainAfterHalfAMinuteAndFourMinutes() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(3), OPTIONS);
    run.await();
    assertThat(upgrades.laterLooks()).containsOnlyKeys(run.id());
    assertThat(upgrades.laterLooks().get(run.id())).isBetween(20_000L, 30_000L);
    Instant end = Instant.ofEpochMilli(Objects.requireNonNull(record(run.id()).finishedAt()));
    reopenedAt(end.plusSeconds(31));
    assertThat(upgrades.laterLooks()).containsExactly(Map.entry(run.id(), 209_000L));
    writeOldCopyBack("m0");
    executeAsAgent("DELETE FROM memories WHERE id = ?", "m1");
    executeAsAgent("UPDATE memories SET text = 'Another.', metadata = '{}' WHERE id = ?", "m2");
    assertThat(upgrades.verify(run.id()).runsToReapply()).containsExactly(run.id());
    assertThat(upgrades.active()).isEmpty();
    reopenedAt(end.plusSeconds(241));
    assertThat(upgrades.laterLooks()).isEmpty();
    upgrades.verifyUnsettled();
    assertThat(record(run.id()).verification()).isEqualTo(Verification.VERIFIED);
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
    assertThat(upgrades.laterLooks()).containsExactly(Map.entry(run.id(), 30_000L));
    reopenedAt(end.plusSeconds(241 + 240));
    upgrades.verifyUnsettled();
    // What was deleted or rewritten since can't be overwritten with an older copy any more.
    assertThat(record(run.id()).verification()).isEqualTo(Verification.SETTLED);
  }

  /** A look reads what was there when it began: the last one must have begun when it was due. */
  @Test
  void whatComesDueDuringALookIsDoneAfterIt() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    run.await();
    Instant end = Instant.ofEpochMilli(Objects.requireNonNull(record(run.id()).finishedAt()));
    Steps clock = new Steps(end.plusMillis(239_900).toEpochMilli());
    reopenedAt(clock);
    clock.step(200);
    upgrades.verify(run.id());
    assertThat(record(run.id()).verification()).isEqualTo(Verification.VERIFIED);
    assertThat(upgrades.laterLooks()).containsExactly(Map.entry(run.id(), 0L));
    upgrades.verify(run.id());
    assertThat(record(run.id()).verification()).isEqualTo(Verification.SETTLED);
    assertThat(upgrades.laterLooks()).isEmpty();
  }

  /** Time goes on whenever somebody asks for it. */
  private static final class Steps extends Clock {
    private final AtomicLong now;
    private volatile long step;

    Steps(long now) {
      this.now = new AtomicLong(now);
    }

    void step(long millis) {
      step = millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now.getAndAdd(step));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void reopenedAt(Instant now) {
    reopenedAt(Clock.fixed(now, ZoneOffset.UTC));
  }

  private void reopenedAt(Clock clock) {
    upgrades.close();
    store = SqliteStore.open(file());
    settling = new SettlingStore(store, SHORT);
    upgrades = service(settling.store(), folder, clock);
  }

  /** Its own program has the last word: an upgrade is not laid over a newer form. */
  @Test
  void whatWasWrittenInTheNewFormSinceIsNotReapplied() throws Exception {
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    run.await();
    String theirs =
        "{\"memory_category\":\"events\",\"source\":\"manual\",\"l0_abstract\":\"Mine.\"}";
    executeAsAgent("UPDATE memories SET metadata = ? WHERE id = ?", theirs, "m0");
    assertThat(upgrades.verify(run.id()).runsToReapply()).isEmpty();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(row("m0").metadata()).isEqualTo(theirs);
  }

  /** A restore took back what it wrote, and means it. */
  @Test
  void whatARestoreTookBackIsNotReapplied() throws Exception {
    List<String> ids = addLegacy(2);
    Path snapshot = folder.resolve("snapshot.db");
    store.snapshotTo(snapshot, SnapshotProgress.NONE);
    RunHandle run = upgrades.upgrade(ids, OPTIONS);
    run.await();
    upgrades.restore(
        new RestorePlan(snapshot, "before", folder.resolve("safety.db"), "safety"),
        SnapshotProgress.NONE);
    assertThat(isUpgraded("m1")).isFalse();
    writeOldCopyBack("m0");
    assertThat(record(run.id()).verification()).isEqualTo(Verification.ENDED);
    assertThat(upgrades.verify(null).findings()).isEmpty();
    assertThat(upgrades.verifyUnsettled().checked()).isZero();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(row("m0").metadata()).isEqualTo(STALE);
    assertThat(isUpgraded("m1")).isFalse();
    RunHandle later = upgrades.upgrade(List.of("m0"), OPTIONS);
    later.await();
    writeOldCopyBack("m0");
    assertThat(upgrades.verify(null).runsToReapply()).containsExactly(later.id());
  }

  @Test
  void aStoreWhereNobodyWritesOldCopiesBackIsNotLookedAtAgain() throws Exception {
    upgrades.close();
    store = SqliteStore.open(file());
    upgrades = service(store, folder, Clock.systemUTC());
    RunHandle run = upgrades.upgrade(addLegacy(1), OPTIONS);
    RunProgress end = run.await();
    assertThat(end.verification()).isEqualTo(Verification.NONE);
    writeOldCopyBack("m0");
    // On demand it is.
    assertThat(upgrades.verify(run.id()).count(WriteFate.OVERWRITTEN)).isOne();
    upgrades.reapply(run.id(), OPTIONS).await();
    assertThat(isUpgraded("m0")).isTrue();
  }
}
