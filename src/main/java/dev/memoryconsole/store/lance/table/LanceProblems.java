package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.format.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Turns Lance's complaints, which are told by their text alone, into sentences for the admin. */
public final class LanceProblems {
  private static final int FEWEST_ATTEMPTS = 5;
  private static final int MOST_ATTEMPTS = 100;

  private LanceProblems() {}

  /**
   * What went wrong.
   *
   * @param doing the work in words, to follow "Could not"
   */
  public static StoreException of(Path store, String doing, Exception failure) {
    if (failure instanceof StoreException told) {
      return told;
    }
    String text = text(failure);
    if (text.contains("this version of lance")) {
      return new StoreUnavailableException(newer(store, "a newer Lance"), failure);
    }
    if (text.contains("no space left") || text.contains("os error 28")) {
      return new StoreUnavailableException(
          "Could not %s because the disk that holds %s is full; nothing was changed, free some space and try again."
              .formatted(doing, store),
          failure);
    }
    if (text.contains("permission denied") || text.contains("read-only file system")) {
      return new StoreUnavailableException(
          "Could not %s because %s may not be read or written by you; nothing was changed, ask for permission to its folder."
              .formatted(doing, store),
          failure);
    }
    if (text.contains("not found")) {
      return new VanishedException(
          "Could not %s because a part of %s is missing; nothing was changed by this step, check that nobody moved it, or restore it from a backup."
              .formatted(doing, store),
          failure);
    }
    return new StoreException(
        "Could not %s in %s because Lance failed; nothing was changed by this step, the log has the details."
            .formatted(doing, store),
        failure);
  }

  /**
   * What is said of a commit that was sent, and of which nobody can tell whether it took effect.
   */
  public static StoreException unknown(Path store, Exception failure) {
    return new OutcomeUnknownException(
        "It is not known whether the last step was written because Lance did not confirm it in %s; its memories are looked at again before anything else is done with them."
            .formatted(store),
        failure);
  }

  /**
   * Reads, and once more at the version that is the latest then where a part of the table vanished
   * meanwhile, because the plugin compacted it and cleaned up. As long as it goes on doing so there
   * is a version to read; what is missing from the same version again is lost.
   *
   * @param work begins with going to the latest version
   */
  public static <T> T again(PluginFolder folder, String doing, Callable<T> work) {
    long latest = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return work.call();
      } catch (Exception e) {
        StoreException problem = of(folder.root(), doing, e);
        long now = latest(folder);
        boolean isHopeless = attempt >= FEWEST_ATTEMPTS && now == latest;
        if (isHopeless || attempt == MOST_ATTEMPTS || !(problem instanceof VanishedException)) {
          throw problem;
        }
        latest = now;
      }
    }
  }

  private static long latest(PluginFolder folder) {
    try {
      return Manifest.latest(folder.dataset()).orElse(0L);
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Whether somebody else committed at the same time, so that nothing of ours was written. */
  public static boolean isConflict(Exception failure) {
    String text = text(failure);
    // A store's path is part of other complaints, and may have any word in it.
    return text.contains("commit conflict") || text.contains("too many concurrent writers");
  }

  static String newer(Path store, String by) {
    return "%s was last written by %s, which this program does not know; nothing was changed, update Memory Console before it writes there."
        .formatted(store, by);
  }

  /** What is said to whoever uses a closed store. */
  public static StoreException closed(Path store) {
    return new StoreException("The store %s is closed; open it again.".formatted(store));
  }

  private static String text(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
