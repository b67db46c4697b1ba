package dev.memoryconsole.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of the program's own log. Stateless. */
public final class LogTail {
  private static final String FILE = "memory-console.log";
  private static final int MOST_BYTES = 64 * 1024;

  private LogTail() {}

  /**
   * The last lines of the log in a folder, oldest first; none if there is no log or it can't be
   * read.
   *
   * @param most how many at most; fewer if they are long
   */
  public static List<String> of(Path folder, int most) {
    try (SeekableByteChannel log = Files.newByteChannel(folder.resolve(FILE))) {
      long from = Math.max(0, log.size() - MOST_BYTES);
      log.position(from);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, log.size()));
      while (bytes.hasRemaining() && log.read(bytes) >= 0) {
        // A log that grows meanwhile is read no further.
      }
      List<String> lines = StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
      // The first may be the end of a line.
      int first = Math.max(from > 0 ? 1 : 0, lines.size() - most);
      return lines.subList(Math.min(first, lines.size()), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
