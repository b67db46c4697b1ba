package dev.memoryconsole.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.journal.sqlite.SqliteJournal;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.sqlite.SqliteStore;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import dev.memoryconsole.upgrade.engine.UpgradeService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a real run over memories that somebody else has written, with what that may mean. */
class RunReportsTest {
  private static final String HOSTILE =
      "=HYPERLINK(\"http://evil.example\",\"x\"),<script>alert('\u0007')</script> & \"more\"";

  @TempDir private Path folder;

  private final RunReports reports = new RunReports(Clock.systemUTC(), Locale.ENGLISH);

  private Upgrades upgraded(int count) throws InterruptedException {
    SqliteStore store = SqliteStore.create(folder.resolve("a <b>.db"));
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = i == 0 ? HOSTILE : "Memory " + i + " says that the build uses Gradle.";
      rows.add(new MemoryEntry("m" + i, text, "fact", "global", 0.5, 1_000L + i, "{}", 1));
    }
    store.insert(rows, ExistingRows.SKIP);
    Upgrades open =
        new UpgradeService(
            store,
            new SqliteJournal(folder.resolve("journal.db")),
            new SimpleEnricher(),
            Clock.systemUTC());
    open.upgrade(rows.stream().map(MemoryEntry::id).toList(), UpgradeOptions.DEFAULT).await();
    return open;
  }

  @Test
  void thePageHoldsNothingThatIsLoadedOrRuns() throws Exception {
    Path page = folder.resolve("run.html");
    try (Upgrades open = upgraded(3)) {
      reports.html(open, 1, page);
      open.store().close();
    }
    String html = Files.readString(page);
    assertThat(html)
        .contains("Run 1 · upgrade", "<b>3</b> upgraded", "default-src 'none'")
        .contains("=HYPERLINK(&quot;http://evil.example&quot;")
        .contains("&lt;script&gt;alert(&#39;", "a &lt;b&gt;.db")
        .doesNotContain("<script", "alert('", "\u0007")
        .doesNotContainPattern("(?i)\\s(src|href|on[a-z]+)\\s*=")
        .doesNotContain("url(", "@import");
  }

  @Test
  void theTableHoldsAllEntriesAndNoFormula() throws Exception {
    Path table = folder.resolve("run.csv");
    try (Upgrades open = upgraded(1_203)) {
      reports.csv(open, 1, table);
      open.store().close();
    }
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(1_204);
    assertThat(lines.getFirst()).startsWith("run,position,id,outcome,memory,reason,attempt,ms");
    assertThat(lines.get(1))
        .startsWith("1,0,m0,upgraded,\"'=HYPERLINK(\"\"http://evil.example\"\",");
    assertThat(lines.get(1_203)).startsWith("1,1202,m1202,upgraded,");
    assertThat(Files.readString(table)).contains("\r\n").doesNotContain(",=", ",\"=");
  }

  @Test
  void aPageOfThousandsSaysWhatIsNotOnIt() throws Exception {
    Path page = folder.resolve("run.html");
    try (Upgrades open = upgraded(2_301)) {
      new RunReports(Clock.systemUTC(), Locale.SIMPLIFIED_CHINESE).html(open, 1, page);
      open.store().close();
    }
    String html = Files.readString(page);
    assertThat(html).contains("第 1 次运行 · 升级", "另有 301 个条目不在本页", "lang=\"zh-CN\"");
    assertThat(html.split("<tr>", -1)).hasSize(2_000 + 2);
  }

  @Test
  void aRunThatIsNotThereLeavesTheFileAsItWas() throws Exception {
    Path page = folder.resolve("run.html");
    Files.writeString(page, "older");
    try (Upgrades open = upgraded(1)) {
      assertThatThrownBy(() -> reports.html(open, 9, page))
          .isInstanceOf(ReportException.class)
          .hasMessageStartingWith("There is no run 9 of ");
      open.store().close();
    }
    assertThat(page).hasContent("older");
  }

  @Test
  void halvesAndHiddenCharactersAreShownAsMissing() {
    assertThat(HtmlReport.escaped("a\ud800b\u202ec\u0000d")).isEqualTo("a\ufffdb\ufffdc\ufffdd");
    assertThat(HtmlReport.escaped("日本 👩‍👧")).isEqualTo("日本 👩‍👧");
  }
}
