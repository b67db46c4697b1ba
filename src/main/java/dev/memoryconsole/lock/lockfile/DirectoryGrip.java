package dev.memoryconsole.lock.lockfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hold on one certain directory, not on its name: whoever removes it and makes another of the
 * same name gets one that this grip does not touch. Where the system has handles of directories the
 * grip is one, which also keeps the number of the directory from being given to the next.
 *
 * <p>Safe for use by one thread at a time.
 */
final class DirectoryGrip implements AutoCloseable {
  private final Path directory;
  private final DirectoryStream<Path> handle;
  private final @Nullable Object key;

  private DirectoryGrip(Path directory, DirectoryStream<Path> handle, @Nullable Object key) {
    this.directory = directory;
    this.handle = handle;
    this.key = key;
  }

  /**
   * On what has this name now.
   *
   * @throws IOException if it is no directory, or gone ({@link NoSuchFileException})
   */
  @SuppressWarnings("StreamResourceLeak") // The grip has it from then on.
  static DirectoryGrip on(Path directory) throws IOException {
    DirectoryStream<Path> handle = Files.newDirectoryStream(directory);
    boolean had = false;
    try {
      DirectoryGrip grip =
          new DirectoryGrip(directory, handle, view(directory, handle).readAttributes().fileKey());
      had = true;
      return grip;
    } finally {
      if (!had) {
        handle.close();
      }
    }
  }

  private static BasicFileAttributeView view(Path directory, DirectoryStream<Path> handle) {
    return handle instanceof SecureDirectoryStream<Path> secure
        ? secure.getFileAttributeView(BasicFileAttributeView.class)
        : Files.getFileAttributeView(directory, BasicFileAttributeView.class);
  }

  /** Whether what was seen under the name is what this grip is on. */
  boolean isOn(Sighting seen) {
    return !seen.isFile() && Objects.equals(key, seen.key());
  }

  /**
   * Sets the time of its last change.
   *
   * @return what the file system kept of it
   */
  FileTime date(FileTime time) throws IOException {
    BasicFileAttributeView view = view(directory, handle);
    if (!Objects.equals(view.readAttributes().fileKey(), key)) {
      throw new NoSuchFileException(directory.toString());
    }
    view.setTimes(time, null, null);
    return view.readAttributes().lastModifiedTime();
  }

  @Override
  public void close() {
    try {
      handle.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
