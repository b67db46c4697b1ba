package dev.memoryconsole.store.lance.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class NativeLibraryTest {
  @TempDir private Path folder;

  private Path file(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, "x");
  }

  @Test
  void whatKilledProcessesAndOlderVersionsLeftIsSwept() throws Exception {
    long dead = deadProcess();
    Path ours = file("lance-2.0.0/linux-x86-64/liblance_jni.so");
    Path atWork = file("unpacking-" + ProcessHandle.current().pid());
    Path others = file("something else");
    file("lance-1.9.9/linux-x86-64/liblance_jni.so");
    file("unpacking-" + dead);
    file("unpacking-" + dead + "-123/jnilib-1.tmp");
    NativeFolder.sweep(folder);
    assertThat(folder).isDirectoryNotContaining("glob:**/lance-1.9.9");
    assertThat(folder).isDirectoryNotContaining("glob:**/unpacking-" + dead + "*");
    assertThat(ours).exists();
    assertThat(atWork).exists();
    assertThat(others).exists();
    NativeFolder.sweep(folder.resolve("not there"));
  }

  private static long deadProcess() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  @Test
  void theLibraryIsUnpackedOnceAndNothingBesideIt() throws Exception {
    NativeLibrary.load(PluginTable.natives());
    assertThat(PluginTable.natives()).isDirectoryRecursivelyContaining("glob:**/liblance_jni.*");
    assertThat(PluginTable.natives())
        .isDirectoryNotContaining(
            path ->
                path.getFileName()
                    .toString()
                    .startsWith("unpacking-" + ProcessHandle.current().pid()));
  }
}
