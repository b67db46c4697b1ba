package dev.memoryconsole.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.Comparator;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of several memories that say the same is kept. */
class KeepTest {
  private static final String UPGRADED =
      "{\"memory_category\":\"cases\",\"upgraded_at\":5,\"upgraded_by\":\"llm:m\"";

  private static MemoryEntry row(String id, long time, String metadata) {
    return new MemoryEntry(id, "The same.", "fact", "global", 0.5, time, metadata, 1);
  }

  private static void assertKept(Comparator<MemoryEntry> order, MemoryEntry kept, MemoryEntry row) {
    assertThat(order.compare(kept, row)).isNegative();
    assertThat(order.compare(row, kept)).isPositive();
  }

  @Test
  void theOneThatIsUsedMostIsKeptWhateverElseItIs() {
    assertKept(
        Keep.MOST_USED.order(),
        row("a", 900, "{\"access_count\":\"3\",\"injected_count\":1}"),
        row("b", 100, UPGRADED + ",\"access_count\":3}"));
  }

  @Test
  void thenOneInTheNewFormThenTheOldest() {
    Comparator<MemoryEntry> order = Keep.MOST_USED.order();
    assertKept(order, row("b", 900, UPGRADED + "}"), row("a", 100, "{}"));
    assertKept(order, row("b", 100, "{}"), row("a", 900, "{}"));
    assertKept(order, row("a", 100, "{}"), row("b", 100, "no JSON"));
  }

  @Test
  void theOldestIsKeptHoweverLittleItIsUsed() {
    assertKept(Keep.OLDEST.order(), row("b", 100, "{}"), row("a", 900, "{\"access_count\":9}"));
  }

  @Test
  void whatWasChosenByHandIsKeptWhateverTheRule() {
    for (Keep rule : Keep.values()) {
      assertKept(
          rule.order(Set.of("b")), row("b", 900, "{}"), row("a", 100, "{\"access_count\":9}"));
    }
  }
}
