package dev.memoryconsole.store.lance.library;

import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A platform that Lance has a native library for.
 *
 * @param folder its name inside Lance's jar
 * @param file the library's file name
 */
record NativePlatform(String folder, String file) {
  /**
   * The one this program runs on.
   *
   * @throws StoreException if Lance has no library for it
   */
  static NativePlatform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), isMusl());
  }

  static NativePlatform of(String os, String architecture, boolean musl) {
    String system = os.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (system.contains("linux") && !musl && (arm || intel)) {
      return new NativePlatform(arm ? "linux-aarch64" : "linux-x86-64", "liblance_jni.so");
    }
    if (system.contains("mac") && arm) {
      return new NativePlatform("darwin-aarch64", "liblance_jni.dylib");
    }
    throw new StoreException(
        LibraryCode.NO_LIBRARY.with(os, architecture + (musl ? ", musl" : "")));
  }

  private static boolean isMusl() {
    Path maps = Path.of("/proc/self/maps");
    try {
      return Files.isReadable(maps)
          && Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/ld-musl-");
    } catch (IOException unknown) {
      return false;
    }
  }
}
