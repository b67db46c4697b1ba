package dev.memoryconsole.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Leaves a small disk without a free byte. */
final class DiskFiller {
  private DiskFiller() {}

  static void fill(Path filler) throws IOException {
    try (FileChannel channel =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int size = 1 << 16; size > 0; size = size == 1 ? 0 : size / 2) {
        fill(channel, size);
      }
    }
  }

  private static void fill(FileChannel channel, int size) {
    try {
      while (channel.write(ByteBuffer.allocate(size)) > 0) {
        // Until there is no room for so many bytes.
      }
    } catch (IOException noRoomForSoMany) {
      // Fewer may fit.
    }
  }
}
