package dev.memoryconsole.exchange.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryClipTest {
  private static MemoryEntry entry(String text) {
    return new MemoryEntry(
        "id-1", text, "fact", "agent:a", 0.5, 1_735_689_600_000L, "{\"a\":\"b,c\"}", 0);
  }

  @Test
  void everyFormatHasAllMemories() {
    List<MemoryEntry> two = List.of(entry("one\ntwo"), entry("three"));
    assertThat(EntryClip.TEXT.of(two)).isEqualTo("one\ntwo\n\nthree");
    assertThat(EntryClip.ID.of(two)).isEqualTo("id-1\nid-1");
    assertThat(EntryClip.JSON.of(two).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"id\":\"id-1\",\"text\":"));
    assertThat(EntryClip.MARKDOWN.of(two))
        .isEqualTo("- one\n  two (`fact`, `agent:a`, `id-1`)\n- three (`fact`, `agent:a`, `id-1`)");
  }
}
