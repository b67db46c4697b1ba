package dev.memoryconsole.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.find.Keeper;
import org.junit.jupiter.api.Test;

/** Which of two memories that say the same is kept. */
class KeeperTest {
  private static MemoryEntry row(String id, long time, String metadata) {
    return new MemoryEntry(id, "The same.", "fact", "global", 0.5, time, metadata, 1);
  }

  private static void assertKept(MemoryEntry kept, MemoryEntry other) {
    assertThat(Keeper.better(kept, other)).isEqualTo(kept);
    assertThat(Keeper.better(other, kept)).isEqualTo(kept);
  }

  private static final String UPGRADED =
      "{\"memory_category\":\"cases\",\"upgraded_at\":5,\"upgraded_by\":\"llm:m\"";

  @Test
  void theOneThatIsUsedMostIsKeptWhateverElseItIs() {
    assertKept(
        row("a", 900, "{\"access_count\":\"3\",\"injected_count\":1}"),
        row("b", 100, UPGRADED + ",\"access_count\":3}"));
  }

  @Test
  void thenOneInTheNewFormThenTheOldest() {
    assertKept(row("a", 900, UPGRADED + "}"), row("b", 100, "{}"));
    assertKept(row("b", 100, "{}"), row("a", 900, "{}"));
    assertKept(row("a", 100, "{}"), row("b", 100, "no JSON"));
  }
}
