package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.store.batch.BatchPatch;
import dev.memoryconsole.store.batch.PatchResult;
import dev.memoryconsole.store.batch.RowSwap;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compare-and-swap on a row's version, with an agent that writes between read and swap. */
@Tag("postgres")
class PostgresSwapTest extends StoreContract {
  private final PostgresEngine engine = new PostgresEngine("jsonb");

  @Override
  protected StoreEngine engine() {
    return engine;
  }

  private void asAgent(String sql) {
    PostgresServer.shared().execute(engine.database(), sql);
  }

  /** Marks the row, after an agent had its turn. */
  private static final class Marking implements BatchPatch {
    final List<MemoryEntry> asked = new ArrayList<>();
    final IntConsumer meanwhile;

    Marking(IntConsumer meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public RowWrite writeFor(MemoryEntry current) {
      asked.add(current);
      return new RowWrite.Change(
          current,
          MetadataJson.write(MetadataJson.objectOrEmpty(current.metadata()).put("ours", 1)));
    }

    @Override
    public void beforeCommit(List<RowWrite> writes) {
      if (!writes.isEmpty()) {
        meanwhile.accept(asked.size());
      }
    }
  }

  private PatchResult swap(Marking patch) throws InterruptedException {
    return ((RowSwap) store).swap("m", patch, PURPOSE);
  }

  @Test
  void aRowThatNobodyElseWroteIsWrittenAtOnce() throws Exception {
    add(entry("m", "A memory.", "{\"n\":0}"));
    Marking patch = new Marking(turn -> {});
    assertThat(swap(patch)).isInstanceOf(PatchResult.Written.class);
    assertThat(patch.asked).hasSize(1);
    assertThat(only("m").metadata()).isEqualTo("{\"n\": 0, \"ours\": 1}");
    assertThat(only("m").version()).isEqualTo(2);
    assertThat(store.lockMetrics().summary().acquisitions()).isEqualTo(1);
  }

  @Test
  void whatAnAgentWroteMeanwhileIsMergedWith() throws Exception {
    add(entry("m", "A memory.", "{\"n\":0}"));
    Marking patch =
        new Marking(
            turn -> {
              if (turn == 1) {
                asAgent("UPDATE memories SET metadata = '{\"n\": 1}' WHERE id = 'm'");
              }
            });
    assertThat(swap(patch)).isInstanceOf(PatchResult.Written.class);
    assertThat(patch.asked).hasSize(2);
    assertThat(only("m").metadata()).isEqualTo("{\"n\": 1, \"ours\": 1}");
  }

  @Test
  void aRowThatIsWrittenAgainAndAgainIsLockedBeforeItIsRead() throws Exception {
    add(entry("m", "A memory.", "{\"n\":0}"));
    Marking patch =
        new Marking(
            turn -> {
              // The sixth is asked with the row locked: whoever writes now waits.
              if (turn <= 5) {
                asAgent("UPDATE memories SET metadata = '{\"n\": " + turn + "}' WHERE id = 'm'");
              }
            });
    assertThat(swap(patch)).isInstanceOf(PatchResult.Written.class);
    assertThat(patch.asked).hasSize(6);
    assertThat(only("m").metadata()).isEqualTo("{\"n\": 5, \"ours\": 1}");
  }

  @Test
  void aRowThatIsDeletedAndAddedAgainIsAnotherOneWhateverItsVersion() throws Exception {
    add(entry("m", "A memory.", "{\"n\":0}"));
    Marking patch =
        new Marking(
            turn -> {
              if (turn == 1) {
                asAgent("DELETE FROM memories");
                asAgent(
                    "INSERT INTO memories (id, text, metadata) VALUES ('m', 'B.', '{\"n\": 9}')");
              }
            });
    swap(patch);
    assertThat(only("m").text()).isEqualTo("B.");
    assertThat(only("m").metadata()).isEqualTo("{\"n\": 9, \"ours\": 1}");
  }

  @Test
  void whereRowsHaveNoVersionTheirLockDoes() throws Exception {
    asAgent("ALTER TABLE memories DISABLE TRIGGER USER");
    asAgent("ALTER TABLE memories DROP COLUMN version");
    asAgent("INSERT INTO memories (id, text, metadata) VALUES ('m', 'A.', '{\"n\": 0}')");
    try (PostgresStore plain = PostgresStore.open(engine.location(), PostgresEngine.OPTIONS)) {
      assertThat(plain.swap("m", new Marking(turn -> {}), PURPOSE))
          .isInstanceOf(PatchResult.Written.class);
      assertThat(plain.find(List.of("m")).getFirst().version()).isZero();
      assertThat(plain.find(List.of("m")).getFirst().metadata())
          .isEqualTo("{\"n\": 0, \"ours\": 1}");
    }
  }
}
