package dev.memoryconsole.store.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.Patches;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.WriteParams;

/** What is not opened or not written, and the sentence that says so. */
class LanceRefusalTest {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.UPGRADE);
  private static final MemoryEntry ROW =
      new MemoryEntry("a", "text", "fact", "global", 0.5, 1L, "{}", 0);

  @TempDir private Path folder;

  private void refusesToOpen(Path path, String... words) {
    assertThatThrownBy(() -> LanceStore.open(path, PluginTable.options()).close())
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("nothing was changed");
  }

  private static Schema without(String column) {
    return new Schema(
        PluginTable.schema(PluginTable.DIMENSION).getFields().stream()
            .filter(field -> !field.getName().equals(column))
            .toList());
  }

  @Test
  void aDirectoryWithoutTheTable() {
    refusesToOpen(folder, folder.toString(), "memories.lance");
    refusesToOpen(folder.resolve("nowhere"), "no directory");
  }

  @Test
  void aDirectoryThatOnlyLooksLikeATable() throws Exception {
    Files.createDirectories(folder.resolve("empty/memories.lance"));
    refusesToOpen(folder.resolve("empty"), "open the store");
  }

  @Test
  void aTableThatIsAFile() throws Exception {
    Path root = Files.createDirectory(folder.resolve("file"));
    Files.writeString(root.resolve("memories.lance"), "memories");
    refusesToOpen(root, "memories.lance in ", "is a file");
    refusesToOpen(root.resolve("memories.lance"), "no directory");
  }

  @Test
  void aDirectoryThatMayNotBeRead() throws Exception {
    Path root = withOneRow("closed");
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(root);
    Files.setPosixFilePermissions(root, Set.of());
    try {
      Assumptions.assumeFalse(Files.isReadable(root), "Skipped: root may read everything.");
      refusesToOpen(root, "may not be read by you", "ask for permission");
    } finally {
      Files.setPosixFilePermissions(root, open);
    }
  }

  @Test
  void aTableOfSomethingElse() {
    PluginTable.createOdd(folder.resolve("odd"), without("metadata"));
    refusesToOpen(folder.resolve("odd"), "no table of memories", "metadata");
  }

  @Test
  void aColumnOfAnotherType() {
    PluginTable.createOdd(
        folder.resolve("odd"), PluginTable.schemaWith("text", new ArrowType.Int(32, true)));
    refusesToOpen(folder.resolve("odd"), "no table of memories", "text");
  }

  @Test
  void aTableWithoutVectors() {
    PluginTable.createOdd(folder.resolve("bare"), without("vector"));
    refusesToOpen(folder.resolve("bare"), "no column vector");
  }

  @Test
  void aFileFormatInWhichThePluginLosesRows() throws Exception {
    Path root = folder.resolve("format");
    try (PluginTable plugin =
        PluginTable.create(root, PluginTable.DIMENSION, WriteParams.LanceFileVersion.V2_1)) {
      plugin.add(List.of(ROW));
    }
    writingIsRefused(root, PluginTable.options(), "2.1", "2.0");
  }

  private static void writingIsRefused(Path root, LanceOptions options, String... words) {
    try (LanceStore store = LanceStore.open(root, options)) {
      assertThat(store.find(List.of("a"))).hasSize(1);
      assertThat(store.writeRefusal()).isPresent();
      assertThatThrownBy(() -> store.patch(List.of("a"), Patches.of(row -> "{\"a\":1}"), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage(Wording.ENGLISH.of(store.writeRefusal().orElseThrow()))
          .hasMessageContainingAll(words)
          .hasMessageContaining("nothing was changed");
      assertThat(store.find(List.of("a"))).containsExactly(ROW);
    }
  }

  private Path withOneRow(String name) {
    Path root = folder.resolve(name);
    try (PluginTable plugin = PluginTable.create(root)) {
      plugin.add(List.of(ROW));
    }
    return root;
  }

  @Test
  void aNewerPluginWroteIt() throws Exception {
    Path root = withOneRow("newer");
    for (Path manifest : manifests(root)) {
      rewriteWriter(manifest, "9.9.9");
    }
    writingIsRefused(root, PluginTable.options(), "Lance 9.9.9", "update Memory Console");
  }

  @Test
  void aPluginThatIsUpdatedWhileTheStoreIsOpen() throws Exception {
    Path root = withOneRow("updated");
    try (LanceStore store = LanceStore.open(root, PluginTable.options())) {
      store.patch(List.of("a"), Patches.of(row -> "{\"a\":1}"), PURPOSE);
      try (PluginTable plugin = PluginTable.of(root)) {
        plugin.add(List.of(new MemoryEntry("b", "", null, null, null, null, null, 0)));
      }
      rewriteWriter(manifests(root).getFirst(), "3.0.0");
      assertThatThrownBy(() -> store.patch(List.of("a"), Patches.of(row -> "{\"a\":2}"), PURPOSE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("Lance 3.0.0");
    }
  }

  /** Newest first. */
  private static List<Path> manifests(Path root) throws Exception {
    try (Stream<Path> files = Files.list(root.resolve("memories.lance/_versions"))) {
      return files.filter(file -> file.toString().endsWith(".manifest")).sorted().toList();
    }
  }

  /** A manifest is searched for the five characters of the version behind Lance's name. */
  private static void rewriteWriter(Path manifest, String version) throws Exception {
    String bytes = new String(Files.readAllBytes(manifest), StandardCharsets.ISO_8859_1);
    String changed = bytes.replace("lance\u0012\u00052.0.0", "lance\u0012\u0005" + version);
    assertThat(changed).isNotEqualTo(bytes);
    Files.write(manifest, changed.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void anotherLockThanTheDirectory() {
    LanceOptions redis =
        new LanceOptions(
            LanceOptions.PATIENCE,
            PluginTable.options().clock(),
            PluginTable.natives(),
            () ->
                Optional.of(
                    Message.verbatim(
                        "It locks through Redis; nothing was changed, switch it off.")));
    writingIsRefused(withOneRow("redis"), redis, "Redis");
  }
}
