package dev.memoryconsole.lock.lockfile;

import dev.memoryconsole.lock.LockCode;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The directory that is the lock: it is there while somebody holds it, and the time of its last
 * change is the holder's sign of life. Old versions of the plugin left a file in its place, which
 * is looked at in the same way. Thread-safe.
 */
final class LockDirectory {
  private final Path path;
  private final Clock clock;
  // The file system keeps whole seconds only.
  private volatile boolean coarse;

  LockDirectory(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
  }

  Path path() {
    return path;
  }

  /** What to call it in a message. */
  Message lock() {
    return LockCode.LOCKFILE.with(path);
  }

  /** Makes it; answers false if it is there already. */
  boolean make() {
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException held) {
      return false;
    } catch (IOException e) {
      throw failed(LockCode.NOT_MADE, e);
    }
  }

  /** Looks at it; null if it is not there. */
  @Nullable Sighting look() {
    try {
      BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
      return new Sighting(
          seen.fileKey(),
          seen.creationTime().toInstant(),
          seen.lastModifiedTime(),
          !seen.isDirectory());
    } catch (NoSuchFileException gone) {
      return null;
    } catch (IOException e) {
      throw failed(LockCode.NOT_LOOKED_AT, e);
    }
  }

  /**
   * Gives a sign of life in the directory that is held by this grip, whatever is in its place now.
   *
   * @return the time of the directory's change as the file system keeps it; nobody else writes the
   *     same, because the digits below a millisecond are drawn by lot
   * @throws IOException if that failed; {@link NoSuchFileException} if it is seen to be gone
   */
  FileTime touch(DirectoryGrip grip) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // Rounded up where digits get lost, or we would look older to others than we are.
    Instant sign =
        coarse
            ? now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)
            : now.plusNanos(ThreadLocalRandom.current().nextInt(1, 1_000_000));
    FileTime kept = grip.date(FileTime.from(sign));
    if (!coarse && isWholeSecond(kept.toInstant())) {
      coarse = true;
      return touch(grip);
    }
    return kept;
  }

  private static boolean isWholeSecond(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Removes it; nothing happens if it is gone. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      throw new LockException(LockCode.FILES_IN_IT.with(lock()), e);
    } catch (IOException e) {
      throw failed(LockCode.NOT_REMOVED, e);
    }
  }

  private LockException failed(LockCode what, IOException e) {
    Message reason =
        switch (e) {
          case AccessDeniedException denied -> LockCode.ALLOW_WRITING.with();
          case NoSuchFileException gone -> LockCode.NO_FOLDER.with();
          default -> LockCode.SYSTEM_SAYS.with(String.valueOf(e.getMessage()));
        };
    return new LockException(what.with(lock(), reason), e);
  }
}
