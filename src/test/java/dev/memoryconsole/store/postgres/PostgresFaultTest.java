package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.upgrade.RunProgress;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do at each statement, and a network at each commit. */
@Tag("postgres")
class PostgresFaultTest extends StoreContract {
  private static final UpgradeOptions OPTIONS =
      UpgradeOptions.DEFAULT.withSnapshot(false).withBatchSize(8);

  private final PostgresEngine engine = new PostgresEngine("jsonb");
  private FaultyDriver driver;
  private PostgresStore faulty;

  @Override
  protected StoreEngine engine() {
    return engine;
  }

  @BeforeEach
  void stepBetween() throws Exception {
    driver = FaultyDriver.of(engine.database());
    faulty = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS);
  }

  @AfterEach
  void stepAside() throws Exception {
    driver.behave();
    faulty.close();
    driver.close();
  }

  private static String plusOne(MemoryEntry row) {
    return MetadataJson.write(
        MetadataJson.objectOrEmpty(row.metadata())
            .put(
                "access_count",
                MetadataJson.objectOrEmpty(row.metadata()).path("access_count").asInt() + 1));
  }

  private int count(String id) {
    return MetadataJson.objectOrEmpty(only(id).metadata()).path("access_count").asInt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void whateverStatementIsToBeTriedAgainTheBatchIsWrittenOnce(String state) throws Exception {
    add(at("a", 1), at("b", 2));
    int step = 1;
    for (; ; step++) {
      driver.failAt(step, state, false);
      faulty.patch(List.of("a", "b", "gone"), Patches.of(PostgresFaultTest::plusOne), PURPOSE);
      boolean failed = driver.hasFailed();
      driver.behave();
      assertThat(count("a")).isEqualTo(step);
      assertThat(count("b")).isEqualTo(step);
      assertThat(only("a").version()).isEqualTo(step + 1);
      if (!failed) {
        break;
      }
    }
    // The rows, the missing one again, the write, the commit.
    assertThat(step).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whoIsOvertakenAgainAndAgainGivesUp() throws Exception {
    add(at("a", 1));
    driver.failAt(2, "40001", true);
    assertThatThrownBy(
            () -> faulty.patch(List.of("a"), Patches.of(PostgresFaultTest::plusOne), PURPOSE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("at the same time")
        .hasMessageContaining("nothing was changed");
    driver.behave();
    assertThat(only("a").metadata()).isEqualTo("{}");
  }

  @ParameterizedTest
  @EnumSource(names = {"DONE_AND_LOST", "LOST"})
  void aCommitWhoseAnswerIsLostIsUnknownUntilTheRowTells(FaultyDriver.Commit fate)
      throws Exception {
    add(at("a", 1));
    driver.lose(fate);
    assertThatThrownBy(
            () -> faulty.patch(List.of("a"), Patches.of(PostgresFaultTest::plusOne), PURPOSE))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(count("a")).isEqualTo(fate == FaultyDriver.Commit.DONE_AND_LOST ? 1 : 0);
    faulty.patch(List.of("a"), Patches.of(PostgresFaultTest::plusOne), PURPOSE);
    assertThat(count("a")).isEqualTo(fate == FaultyDriver.Commit.DONE_AND_LOST ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03"})
  void aConnectionThatIsLostBeforeTheCommitIsReplacedByAnother(String state) throws Exception {
    add(at("a", 1));
    for (int step = 1; step <= 2; step++) {
      driver.failAt(step, state, false);
      faulty.patch(List.of("a"), Patches.of(PostgresFaultTest::plusOne), PURPOSE);
      driver.behave();
      assertThat(count("a")).isEqualTo(step);
    }
    driver.failAt(1, state, false);
    assertThat(faulty.find(List.of("a"))).hasSize(1);
  }

  @Test
  void aServerThatStaysAwayIsGivenUp() throws Exception {
    add(at("a", 1));
    PostgresOptions brief =
        new PostgresOptions(
            PostgresOptions.PATIENCE,
            Duration.ofMillis(200),
            Clock.systemUTC(),
            PostgresServer.ADMIN,
            PostgresEngine.OPTIONS.passwords());
    try (PostgresStore impatient = PostgresStore.open(engine.location(), brief)) {
      driver.failAt(1, "08006", true);
      assertThatThrownBy(() -> impatient.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("was lost; nothing was changed");
      assertThatThrownBy(() -> impatient.find(List.of("a")))
          .isInstanceOf(StoreUnavailableException.class);
      driver.behave();
    }
    assertThat(only("a").metadata()).isEqualTo("{}");
  }

  @Test
  void whatFailsBeforeTheCommitWasNotWritten() throws Exception {
    add(at("a", 1));
    for (String state : List.of("53100", "42501", "25006", "XX000")) {
      for (int step = 1; step <= 3; step++) {
        driver.failAt(step, state, false);
        assertThatThrownBy(() -> faulty.patch(List.of("a"), Patches.of(row -> UPGRADED), PURPOSE))
            .isInstanceOf(StoreException.class)
            .isNotInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining("nothing was changed");
        driver.behave();
        assertThat(only("a").metadata()).isEqualTo("{}");
      }
    }
  }

  /** A run through all of it: each row is written once, and told to be written. */
  @ParameterizedTest
  @EnumSource(names = {"DONE_AND_LOST", "LOST"})
  void aRunGoesOnBehindALostAnswer(FaultyDriver.Commit fate) throws Exception {
    List<String> ids = IntStream.range(0, 40).mapToObj(number -> "row" + number).toList();
    for (String id : ids) {
      add(entry(id, "The text of " + id, "{\"own\":{\"n\":1.50}}"));
    }
    try (UpgradeService upgrades =
        new UpgradeService(
            faulty,
            new SqliteJournal(folder.resolve("journal.db")),
            new SimpleEnricher(),
            Clock.systemUTC())) {
      driver.lose(fate);
      RunProgress end = upgrades.upgrade(ids, OPTIONS).await();
      assertThat(end.count(EntryState.UPGRADED)).isEqualTo(ids.size());
      assertThat(store.find(ids))
          .hasSize(ids.size())
          .allSatisfy(row -> assertThat(row.version()).isEqualTo(2))
          .allSatisfy(row -> assertThat(row.metadata()).contains("\"own\": {\"n\": 1.50}"));
      upgrades.undo(end.run(), List.of(), OPTIONS).await();
      assertThat(store.find(ids))
          .allSatisfy(row -> assertThat(row.metadata()).isEqualTo("{\"own\": {\"n\": 1.50}}"));
    }
    assertThat(store.count(EntryQuery.ALL)).isEqualTo(ids.size());
  }
}
