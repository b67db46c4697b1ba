package dev.memoryconsole.store.lance.table;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import dev.memoryconsole.store.lance.format.LanceCode;
import dev.memoryconsole.store.lance.format.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** Turns Lance's complaints, which are told by their text alone, into messages for the admin. */
public final class LanceProblems {
  private static final int FEWEST_ATTEMPTS = 5;
  private static final int MOST_ATTEMPTS = 100;

  private LanceProblems() {}

  /**
   * What went wrong.
   *
   * @param doing the work, to follow "Could not"
   */
  public static StoreException of(Path store, LanceCode doing, Exception failure) {
    if (failure instanceof StoreException told) {
      return told;
    }
    String text = text(failure);
    if (text.contains("this version of lance")) {
      return new StoreUnavailableException(newer(store, LanceCode.NEWER_LANCE.with()), failure);
    }
    if (text.contains("no space left") || text.contains("os error 28")) {
      return new StoreUnavailableException(
          LanceCode.FAILED_DISK_FULL.with(doing.with(), store), failure);
    }
    if (text.contains("permission denied") || text.contains("read-only file system")) {
      return new StoreUnavailableException(
          LanceCode.FAILED_FORBIDDEN.with(doing.with(), store), failure);
    }
    if (text.contains("not found")) {
      return new VanishedException(
          LanceCode.FAILED_PART_MISSING.with(doing.with(), store), failure);
    }
    return new StoreException(LanceCode.FAILED.with(doing.with(), store), failure);
  }

  /**
   * What is said of a commit that was sent, and of which nobody can tell whether it took effect.
   */
  public static StoreException unknown(Path store, Exception failure) {
    return new OutcomeUnknownException(LanceCode.UNKNOWN.with(store), failure);
  }

  /**
   * Reads, and once more at the version that is the latest then where a part of the table vanished
   * meanwhile, because the plugin compacted it and cleaned up. As long as it goes on doing so there
   * is a version to read; what is missing from the same version again is lost.
   *
   * @param work begins with going to the latest version
   */
  public static <T> T again(PluginFolder folder, LanceCode doing, Callable<T> work) {
    long latest = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return work.call();
      } catch (CancellationException unwanted) {
        throw unwanted;
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

  static Message newer(Path store, Message by) {
    return LanceCode.NEWER_WRITER.with(store, by);
  }

  /** What is said to whoever uses a closed store. */
  public static StoreException closed(Path store) {
    return new StoreException(LanceCode.CLOSED.with(store));
  }

  private static String text(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
