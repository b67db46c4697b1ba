package dev.memoryconsole.store.sqlite.connection;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns the engine's result codes into sentences for the admin. */
public final class SqliteFailures {
  private static final int PRIMARY = 0xff;
  private static final int ERROR = 1;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int INTERRUPT = 9;
  private static final int IO_ERROR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  private SqliteFailures() {}

  /** True if another connection holds the lock that the statement needs. */
  public static boolean isBusy(SQLException failure) {
    int code = failure.getErrorCode() & PRIMARY;
    return code == BUSY || code == LOCKED;
  }

  /** What went wrong while a store was read or written. */
  public static StoreException of(Path file, String doing, SQLException failure) {
    String sentence = sentence(file, doing, failure);
    return switch (failure.getErrorCode() & PRIMARY) {
      case BUSY, LOCKED, READONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE ->
          new StoreUnavailableException(sentence, failure);
      default -> new StoreException(sentence, failure);
    };
  }

  /** A commit failed, and its transaction is no longer open: it may have taken effect. */
  public static StoreException unknown(Path file, SQLException failure) {
    String because =
        switch (failure.getErrorCode() & PRIMARY) {
          case FULL -> "the disk that holds %s is full".formatted(file);
          case IO_ERROR -> "the disk that holds %s failed to write".formatted(file);
          default -> "%s did not confirm it (%s)".formatted(file, firstLine(failure));
        };
    return new OutcomeUnknownException(
        "It is not known whether the last step was written because %s; its memories are looked at again before anything else is done with them."
            .formatted(because),
        failure);
  }

  private static String sentence(Path file, String doing, SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY) {
      case BUSY, LOCKED -> locked(file);
      case READONLY ->
          "Could not %s because %s is read-only; nothing was changed, allow writing to the file and its folder and try again."
              .formatted(doing, file);
      case FULL ->
          "Could not %s because the disk that holds %s is full; nothing was changed, free some space and try again."
              .formatted(doing, file);
      case IO_ERROR ->
          "Could not %s because the disk that holds %s failed to read or write; nothing was changed by this step, check the disk and try again."
              .formatted(doing, file);
      case CORRUPT, NOT_A_DATABASE ->
          "Could not %s because %s is damaged; nothing was changed, restore it from a backup or repair a copy of it."
              .formatted(doing, file);
      case CANNOT_OPEN ->
          "Could not %s because %s cannot be opened; nothing was changed, check that the file is there and that you may read and write it and its folder."
              .formatted(doing, file);
      default ->
          "Could not %s in %s; nothing was changed (the database says: %s)."
              .formatted(doing, file, firstLine(failure));
    };
  }

  /** Somebody else holds the write lock, or the whole file; who does is asked now. */
  public static String locked(Path file) {
    return locked(file, new HolderFinder(file).find());
  }

  /**
   * Somebody else holds the write lock, or the whole file.
   *
   * @param holder who, as far as it is known
   */
  public static String locked(Path file, LockHolder.Foreign holder) {
    String name = holder.program().isEmpty() ? "" : holder.program() + ", ";
    String who = holder.pid() == 0 ? "" : " (%sprocess %d)".formatted(name, holder.pid());
    return "The store %s is locked by another program%s; nothing was changed, wait for that program or close it and try again."
        .formatted(file, who);
  }

  /** The store was closed while something waited or was at work. */
  public static StoreException closed(Path file) {
    return new StoreUnavailableException(
        "The store %s was closed; nothing was changed.".formatted(file));
  }

  /** True if a statement can't be compiled: what it, or a trigger, refers to is not there. */
  public static boolean isOfTheSchema(SQLException failure) {
    return (failure.getErrorCode() & PRIMARY) == ERROR;
  }

  /** True if the disk is to blame and not what is on it. */
  public static boolean isOfTheDisk(SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY) {
      case FULL, READONLY, IO_ERROR, CANNOT_OPEN -> true;
      default -> false;
    };
  }

  /** True if the statement was given up because it was asked to. */
  public static boolean isInterrupt(SQLException failure) {
    return (failure.getErrorCode() & PRIMARY) == INTERRUPT;
  }

  public static String firstLine(SQLException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "error " + failure.getErrorCode()
        : message.strip().lines().findFirst().orElse("");
  }
}
