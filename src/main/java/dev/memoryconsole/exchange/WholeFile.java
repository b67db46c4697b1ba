package dev.memoryconsole.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Writes a file completely or not at all: under another name beside it, then moved into place. */
public final class WholeFile {
  private WholeFile() {}

  /** What is in the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes the file, replacing what is there.
   *
   * @throws ExchangeException if it can't be written; what was there is as it was
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    Path part = null;
    Exporter.refuseIfOpen(target);
    try {
      if (folder == null || Files.isDirectory(target)) {
        throw new IOException(target + " is a folder");
      }
      part = Files.createTempFile(folder, ".export", ".part");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      remove(part);
      throw new ExchangeException(ExchangeCode.NOT_WRITTEN.with(file), e);
    }
  }

  private static void remove(@Nullable Path part) {
    try {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException left) {
      // The folder is not writable any more; the part is all there is to lose.
    }
  }
}
