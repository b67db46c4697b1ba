package dev.memoryconsole.store.sqlite.connection;

import dev.memoryconsole.lock.LockHolder;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns the engine's result codes into what the admin is told. */
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
  public static StoreException of(Path file, MessageCode doing, SQLException failure) {
    Message sentence = sentence(file, doing.with(), failure);
    return switch (failure.getErrorCode() & PRIMARY) {
      case BUSY, LOCKED, READONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE ->
          new StoreUnavailableException(sentence, failure);
      default -> new StoreException(sentence, failure);
    };
  }

  /** A commit failed, and its transaction is no longer open: it may have taken effect. */
  public static StoreException unknown(Path file, SQLException failure) {
    Message sentence =
        switch (failure.getErrorCode() & PRIMARY) {
          case FULL -> SqliteCode.UNKNOWN_DISK_FULL.with(file);
          case IO_ERROR -> SqliteCode.UNKNOWN_DISK_FAILED.with(file);
          default -> SqliteCode.UNKNOWN_NOT_CONFIRMED.with(file, firstLine(failure));
        };
    return new OutcomeUnknownException(sentence, failure);
  }

  private static Message sentence(Path file, Message doing, SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY) {
      case BUSY, LOCKED -> locked(file);
      case READONLY -> SqliteCode.FAILED_READ_ONLY.with(doing, file);
      case FULL -> SqliteCode.FAILED_DISK_FULL.with(doing, file);
      case IO_ERROR -> SqliteCode.FAILED_DISK.with(doing, file);
      case CORRUPT, NOT_A_DATABASE -> SqliteCode.FAILED_DAMAGED.with(doing, file);
      case CANNOT_OPEN -> SqliteCode.FAILED_TO_OPEN.with(doing, file);
      default -> SqliteCode.FAILED.with(doing, file, firstLine(failure));
    };
  }

  /** Somebody else holds the write lock, or the whole file; who does is asked now. */
  public static Message locked(Path file) {
    return locked(file, new HolderFinder(file).find());
  }

  /**
   * Somebody else holds the write lock, or the whole file.
   *
   * @param holder who, as far as it is known
   */
  public static Message locked(Path file, LockHolder.Foreign holder) {
    if (holder.pid() == 0) {
      return SqliteCode.LOCKED.with(file);
    }
    return holder.program().isEmpty()
        ? SqliteCode.LOCKED_BY_PROCESS.with(file, holder.pid())
        : SqliteCode.LOCKED_BY_PROGRAM.with(file, holder.program(), holder.pid());
  }

  /** The store was closed while something waited or was at work. */
  public static StoreException closed(Path file) {
    return new StoreUnavailableException(SqliteCode.CLOSED_MEANWHILE.with(file));
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
