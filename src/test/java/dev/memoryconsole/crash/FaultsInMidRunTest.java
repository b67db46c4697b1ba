package dev.memoryconsole.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.journal.RunState;
import dev.memoryconsole.store.sqlite.SqliteOptions;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.testing.Answering;
import dev.memoryconsole.testing.MemoryFolder;
import dev.memoryconsole.testing.Programs;
import dev.memoryconsole.testing.Services;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that fills up, a file that can't be written any more, a lock that nobody gives back: in
 * the middle of a run. It ends as interrupted, with one sentence, and once the cause is mended a
 * resume finishes it.
 */
@Tag("crash")
class FaultsInMidRunTest {
  @TempDir(factory = MemoryFolder.class)
  private static Path shared;

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private static Child child;
  private static Aftermath aftermath;

  @BeforeAll
  static void prepare() throws Exception {
    child = Child.in(Files.createDirectories(shared.resolve("child")));
    aftermath =
        Aftermath.of(
            Scenario.UPGRADE,
            shared.resolve("before"),
            SiteStore.InFile.in(shared.resolve("before")),
            child);
  }

  @ParameterizedTest
  @CsvSource({
    "store UPDATE memories before, 12, full, is full",
    "store UPDATE memories before, 12, readonly, is read-only",
    "journal UPDATE entries COMMITTING before, 12, full, is full",
    "journal UPDATE entries ENRICHED before, 12, readonly, readonly",
    "journal UPDATE entries COMMITTING before, 7, readonly, readonly",
    "journal BEGIN before, 20, locked, locked",
  })
  void aRunThatCanNotWriteIsInterruptedAndResumed(
      String step, int count, String fault, String sentence) throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    Child.End end = child.spoiledAt(site, "upgrade", step, count, fault);
    assertInterrupted(end, sentence);
    assertNothingIsHalfDone(site);
    aftermath.check(site);
  }

  @ParameterizedTest
  @CsvSource({
    "store UPDATE memories before, 12, full",
    "store COMMIT of UPDATE memories before, 2, full",
    "store UPDATE memories before, 12, readonly",
    "journal UPDATE entries COMMITTING before, 12, full",
  })
  void aRunIsResumedByTheProcessThatSawItFail(String step, int count, String fault)
      throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    Child.End end = child.spoiledAndMended(site, "upgrade", step, count, fault);
    assertThat(end.said()).endsWith("state COMPLETED \n");
    aftermath.check(site);
  }

  /** Waits for the journal for a minute first. */
  @Test
  @Tag("long")
  void aRunWhoseJournalWasLockedIsResumedByTheProcessThatSawItFail() throws Exception {
    aRunIsResumedByTheProcessThatSawItFail("journal BEGIN before", 20, "locked");
  }

  /** The write is there, and the disk says that it failed: the markers tell, not the complaint. */
  @ParameterizedTest
  @CsvSource({"upgrade, 3", "swap, 7"})
  void aCommitThatTookEffectAndWasReportedAsFailedCountsAsWritten(String kind, int count)
      throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    Child.End end =
        child.spoiledAt(site, kind, "store COMMIT of UPDATE memories after", count, "unconfirmed");
    assertThat(end.said()).endsWith("state COMPLETED \n");
    aftermath.check(site);
  }

  @ParameterizedTest
  @CsvSource({
    "journal BEGIN before, 20, deleted",
    "journal UPDATE entries COMMITTING before, 12, deleted",
  })
  void aRunWhoseJournalIsGoneEndsAndANewOneDoesTheRest(String step, int count, String fault)
      throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    Child.End end = child.spoiledAt(site, "upgrade", step, count, fault);
    assertInterrupted(end, site.journal().toString());
    assertNothingIsHalfDone(site);
    Site.Answer nothing = site.resume(Scenario.UPGRADE);
    assertThat(nothing.code()).isZero();
    site.again(Scenario.UPGRADE);
    assertThat(Site.timeless(site.rows())).isEqualTo(aftermath.rows());
    site.assertSound();
  }

  @Test
  void aJournalFullOfGarbageIsRefusedAndHarmsNoStore() throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    Child.End end = child.spoiledAt(site, "upgrade", "journal BEGIN before", 20, "garbage");
    assertThat(end.code()).as(end.said()).isZero();
    Site.Answer refused = site.resume(Scenario.UPGRADE);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err()).contains(site.journal().toString());
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(Path.of(site.journal() + suffix));
    }
    site.again(Scenario.UPGRADE);
    assertThat(Site.timeless(site.rows())).isEqualTo(aftermath.rows());
    site.assertSound();
  }

  @ParameterizedTest
  @CsvSource({
    "store, store UPDATE memories before, 12",
    "store, store COMMIT of UPDATE memories before, 3",
    "journal, journal UPDATE entries COMMITTING before, 12",
    "journal, journal COMMIT of UPDATE entries ENRICHED before, 9"
  })
  void aDiskThatIsReallyFull(String file, String step, int count) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        Programs.succeeds("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "needs the right to mount a small disk");
    try {
      Site whole = aftermath.before().copyTo(folder.resolve("site"));
      Path onDisk = disk.resolve(file);
      Files.createDirectories(onDisk);
      if (file.equals("store")) {
        Files.copy(whole.store(), onDisk.resolve("store.db"));
      }
      Site site =
          file.equals("store")
              ? new Site(
                  whole.folder(),
                  new SiteStore.InFile(onDisk.resolve("store.db")),
                  whole.workspace())
              : new Site(whole.folder(), whole.memories(), onDisk);
      Child.End end = child.spoiledAt(site, "upgrade", step, count, "disk");
      assertInterrupted(end, file.equals("store") ? "full" : "journal");
      Files.delete(onDisk.resolve("filler"));
      assertNothingIsHalfDone(site);
      aftermath.check(site);
    } finally {
      assertThat(Programs.succeeds("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void aLockThatSomebodyElseKeepsInterruptsTheRun() throws Exception {
    Site site = aftermath.before().copyTo(folder.resolve("site"));
    try (Connection somebody = DriverManager.getConnection("jdbc:sqlite:" + site.store());
        Upgrades upgrades =
            Services.upgrades(
                SqliteStore.open(
                    site.store(), new SqliteOptions(Duration.ofMillis(200), Clock.systemUTC())),
                site.journal(),
                lockingAtTheTwentiethCall(somebody, new ScriptedModel(site.calls())))) {
      RunHandle run = upgrades.upgrade(Scenario.chosen(), CrashMain.OPTIONS);
      assertThat(run.await().state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(run.problem()).contains("is locked by another program").doesNotContain("\n");
      assertThat(upgrades.resumable()).hasSize(1);
    }
    assertNothingIsHalfDone(site);
    aftermath.check(site);
  }

  private static Enricher lockingAtTheTwentiethCall(Connection somebody, Enricher model) {
    AtomicInteger calls = new AtomicInteger();
    return new Answering(
        model.name(),
        entry -> {
          if (calls.incrementAndGet() == 20) {
            try (var statement = somebody.createStatement()) {
              statement.execute("PRAGMA busy_timeout = 10000");
              statement.execute("BEGIN IMMEDIATE");
            } catch (SQLException e) {
              throw new AssertionError(e);
            }
          }
          return model.enrich(entry);
        });
  }

  private static void assertInterrupted(Child.End end, String sentence) {
    assertThat(end.code()).as(end.said()).isZero();
    assertThat(end.said().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("state INTERRUPTED ")
        .contains(sentence);
  }

  /** Every row is as before, or as after. */
  private static void assertNothingIsHalfDone(Site site) throws SQLException {
    Map<String, String> before = Site.timeless(aftermath.before().rows());
    Map<String, String> now = Site.timeless(site.rows());
    assertThat(now).hasSameSizeAs(before);
    now.forEach((id, row) -> assertThat(row).as(id).isIn(before.get(id), aftermath.rows().get(id)));
    assertThat(now).isNotEqualTo(aftermath.rows());
  }
}
