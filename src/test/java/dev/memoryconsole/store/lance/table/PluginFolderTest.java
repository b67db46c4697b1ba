package dev.memoryconsole.store.lance.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the table is reached, the lock is the one that the plugin takes. */
class PluginFolderTest {
  @TempDir Path folder;
  private Path plugin;
  private Path table;

  @BeforeEach
  void linkTheTable() throws Exception {
    table = Files.createDirectories(folder.toRealPath().resolve("disk2/memories.lance"));
    plugin = Files.createDirectory(folder.toRealPath().resolve("lancedb-pro"));
    Files.createSymbolicLink(plugin.resolve("memories.lance"), table);
  }

  private static Path lockOf(Path path) {
    return PluginFolder.of(path).orElseThrow().lockTarget();
  }

  @Test
  void aTableThatIsALinkIsLockedWhereThePluginLocksIt() throws Exception {
    Path theirs = plugin.resolve(".memory-write.lock");
    assertThat(lockOf(plugin)).isEqualTo(theirs);
    assertThat(lockOf(plugin.resolve("memories.lance"))).isEqualTo(theirs);
    Path link = Files.createSymbolicLink(folder.resolve("link"), plugin);
    assertThat(lockOf(link)).isEqualTo(theirs);
    assertThat(lockOf(link.resolve("memories.lance"))).isEqualTo(theirs);
    Files.createFile(theirs);
    assertThat(lockOf(plugin.resolve("memories.lance"))).isEqualTo(theirs);
  }

  @Test
  void aTableWithALinkToItIsLockedWhereItIsIfOnlyThatPlaceHasALock() throws Exception {
    Path theirs = Files.createFile(table.resolveSibling(".memory-write.lock"));
    assertThat(lockOf(table)).isEqualTo(theirs);
    assertThat(lockOf(plugin.resolve("memories.lance"))).isEqualTo(theirs);
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), table);
    assertThat(lockOf(alias)).isEqualTo(theirs);
  }

  @Test
  void whatIsNoStoreIsNone() {
    assertThat(PluginFolder.of(folder)).isEmpty();
    assertThat(PluginFolder.of(folder.resolve("nowhere/memories.lance"))).isEmpty();
  }
}
