package dev.memoryconsole.store.lance.library;

import dev.memoryconsole.settings.PrivateFolder;
import dev.memoryconsole.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.c.jni.JniLoader;

/**
 * Lance's native library, unpacked once per version into a folder of the app's own and loaded when
 * a store is first opened. Thread-safe.
 */
public final class NativeLibrary {
  private static final String TEMPORARY = "java.io.tmpdir";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it, if that has not been done.
   *
   * @param folder the app's own folder for native libraries; made if it is not there
   * @throws StoreException if there is none for this platform, or it can't be unpacked or loaded
   */
  @SuppressWarnings(
      "restricted") // That a library is loaded is the point; every launcher allows it.
  public static synchronized void load(Path folder) {
    if (loaded) {
      return;
    }
    NativePlatform platform = NativePlatform.current();
    try {
      PrivateFolder.create(folder);
      NativeFolder.sweep(folder);
      Path library =
          folder.resolve(NativeFolder.VERSION).resolve(platform.folder()).resolve(platform.file());
      unpack("/nativelib/" + platform.folder() + "/" + platform.file(), folder, library);
      System.load(library.toString());
      loadArrow(folder);
      loaded = true;
    } catch (IOException e) {
      throw new StoreException(LibraryCode.NOT_UNPACKED.with(folder), e);
    } catch (UnsatisfiedLinkError e) {
      throw new StoreException(LibraryCode.NOT_LOADED.with(), e);
    }
  }

  private static void unpack(String resource, Path folder, Path library) throws IOException {
    URL url = NativeLibrary.class.getResource(resource);
    if (url == null) {
      throw new IOException("missing resource " + resource);
    }
    URLConnection packed = url.openConnection();
    packed.setUseCaches(false);
    try (InputStream in = packed.getInputStream()) {
      if (Files.isRegularFile(library) && Files.size(library) == packed.getContentLengthLong()) {
        return;
      }
      PrivateFolder.create(library.resolveSibling(""));
      Path unfinished = folder.resolve(NativeFolder.UNFINISHED + ProcessHandle.current().pid());
      try {
        Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
  }

  // Arrow unpacks its own small library wherever this property says at that moment, and removes it
  // at the end of the process only; once it is loaded, nobody needs the file.
  private static void loadArrow(Path folder) throws IOException {
    String before = System.getProperty(TEMPORARY, "/tmp");
    Path unpacked =
        Files.createTempDirectory(
            folder, NativeFolder.UNFINISHED + ProcessHandle.current().pid() + "-");
    try {
      System.setProperty(TEMPORARY, unpacked.toString());
      JniLoader.get().ensureLoaded();
    } finally {
      System.setProperty(TEMPORARY, before);
      NativeFolder.delete(unpacked);
    }
  }
}
