package dev.memoryconsole.store.postgres.connection;

import dev.memoryconsole.message.MessageCode;
import dev.memoryconsole.store.OutcomeUnknownException;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;

/** Turns the server's codes, which the standard of SQL has for the most part, into messages. */
public final class PostgresFailures {
  private static final String CONNECTION = "08";
  private static final String RESOURCES = "53";
  private static final String REFUSED = "28";

  /** The server asks for a password and the driver has none, or it asks in a way of others. */
  private static final String NO_PASSWORD = "08004";

  private static final String SERIALIZATION = "40001";
  private static final String COMPLETION_UNKNOWN = "40003";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String QUERY_CANCELED = "57014";
  private static final String SHUT_DOWN = "57P";
  private static final String IDLE_IN_TRANSACTION = "25P03";
  private static final String READ_ONLY = "25006";
  private static final String FORBIDDEN = "42501";
  private static final String NO_DATABASE = "3D000";
  private static final String DUPLICATE_SCHEMA = "42P06";
  private static final String DUPLICATE_TABLE = "42P07";
  private static final String NOT_UNIQUE = "23505";
  private static final String NO_TABLE = "42P01";
  private static final String NO_COLUMN = "42703";
  private static final String NO_FUNCTION = "42883";
  private static final String SYNTAX = "42601";
  private static final String NOT_SUPPORTED = "0A000";
  private static final String FULL_DISK = "58030";

  private PostgresFailures() {}

  private static boolean is(SQLException failure, String code) {
    String state = failure.getSQLState();
    return state != null && state.startsWith(code);
  }

  /** Whether the server asks for the transaction to be tried again: nothing of it was written. */
  public static boolean isToBeTriedAgain(SQLException failure) {
    return is(failure, SERIALIZATION) || is(failure, DEADLOCK);
  }

  /** Whether a statement was ended by its time limit, or because we asked for it. */
  public static boolean isCanceled(SQLException failure) {
    return is(failure, QUERY_CANCELED);
  }

  /** Whether the server has no function of that name, as one that is not PostgreSQL itself. */
  public static boolean isUnknownFunction(SQLException failure) {
    return is(failure, NO_FUNCTION) || is(failure, NOT_SUPPORTED);
  }

  /** Whether the server has nothing of what was asked for, as one that is not PostgreSQL itself. */
  public static boolean isNotThere(SQLException failure) {
    return isUnknownFunction(failure)
        || isNotSpoken(failure)
        || isNoTable(failure)
        || is(failure, NO_COLUMN);
  }

  /** Whether the server does not know these words, as one that is not PostgreSQL itself. */
  public static boolean isNotSpoken(SQLException failure) {
    return is(failure, SYNTAX) || is(failure, NOT_SUPPORTED);
  }

  /** Whether a row's lock was not had in time. */
  public static boolean isLocked(SQLException failure) {
    return is(failure, LOCK_NOT_AVAILABLE);
  }

  /** Rows' locks were not had in time, over several statements. */
  public static SQLException notAvailable() {
    return new SQLException("others held the rows, one after another", LOCK_NOT_AVAILABLE);
  }

  /** Whether the table, or what a statement names, is not there. */
  public static boolean isNoTable(SQLException failure) {
    return is(failure, NO_TABLE);
  }

  /** Whether what was to be made is there already: somebody else was faster. */
  public static boolean isThereAlready(SQLException failure) {
    return is(failure, DUPLICATE_SCHEMA) || is(failure, DUPLICATE_TABLE) || is(failure, NOT_UNIQUE);
  }

  /**
   * Whether a commit that failed so may have taken effect: its answer did not come, or the server
   * says that it can't tell.
   */
  public static boolean leavesCommitOpen(SQLException failure) {
    return is(failure, COMPLETION_UNKNOWN) || isGone(failure) || failure.getSQLState() == null;
  }

  /** Whether the connection is no more. */
  public static boolean isGone(SQLException failure) {
    return is(failure, CONNECTION) || is(failure, SHUT_DOWN) || is(failure, IDLE_IN_TRANSACTION);
  }

  /** What went wrong while the server was connected to. */
  public static StoreException connecting(PostgresAddress address, SQLException failure) {
    if (is(failure, REFUSED)) {
      return refused(address, failure);
    }
    if (is(failure, NO_DATABASE)) {
      return new StoreUnavailableException(
          PostgresCode.NO_DATABASE.with(address.toString()), failure);
    }
    String words = firstLine(failure);
    // The driver has no code of its own for it.
    boolean encrypting =
        words.contains("SSL") || words.contains("certificate") || words.contains("encryption");
    if (is(failure, NO_PASSWORD) && !encrypting) {
      return refused(address, failure);
    }
    return new StoreUnavailableException(
        encrypting
            ? PostgresCode.NO_ENCRYPTION.with(address.toString(), words)
            : PostgresCode.AWAY.with(address.toString(), words),
        failure);
  }

  private static StoreException refused(PostgresAddress address, SQLException failure) {
    return new StoreUnavailableException(
        PostgresCode.REFUSED.with(address.toString(), address.user()), failure);
  }

  /**
   * What went wrong while a store was read or written; nothing was changed.
   *
   * @param doing the work, to follow "Could not"
   */
  public static StoreException of(
      PostgresAddress address, MessageCode doing, SQLException failure) {
    String place = address.toString();
    if (isGone(failure)) {
      return unavailable(PostgresCode.FAILED_AWAY, doing, place, failure);
    }
    if (is(failure, FORBIDDEN)) {
      return unavailable(PostgresCode.FAILED_FORBIDDEN, doing, place, failure);
    }
    if (is(failure, READ_ONLY)) {
      return unavailable(PostgresCode.FAILED_READ_ONLY, doing, place, failure);
    }
    if (is(failure, RESOURCES) || is(failure, FULL_DISK)) {
      return unavailable(PostgresCode.FAILED_FULL, doing, place, failure);
    }
    if (isCanceled(failure)) {
      return unavailable(PostgresCode.FAILED_TOO_SLOW, doing, place, failure);
    }
    return isNoTable(failure)
        ? new StoreUnavailableException(PostgresCode.NO_TABLE.with(place), failure)
        : new StoreException(
            PostgresCode.FAILED.with(doing.with(), place, firstLine(failure)), failure);
  }

  private static StoreException unavailable(
      PostgresCode code, MessageCode doing, String place, SQLException failure) {
    return new StoreUnavailableException(code.with(doing.with(), place), failure);
  }

  /** Somebody else holds a row for longer than we wait. */
  public static StoreException locked(
      PostgresAddress address, Duration patience, SQLException failure) {
    return new StoreUnavailableException(
        PostgresCode.LOCKED.with(address.toString(), patience.toSeconds()), failure);
  }

  /** A commit was sent, and no answer came. */
  public static StoreException unknown(PostgresAddress address, SQLException failure) {
    return new OutcomeUnknownException(PostgresCode.UNKNOWN.with(address.toString()), failure);
  }

  /** The store was closed while something waited or was at work. */
  public static StoreException closedMeanwhile(PostgresAddress address) {
    return new StoreUnavailableException(PostgresCode.CLOSED_MEANWHILE.with(address.toString()));
  }

  private static String firstLine(SQLException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "SQLSTATE " + failure.getSQLState()
        : message.strip().lines().findFirst().orElse("").replaceFirst("^(ERROR|FATAL): ", "");
  }
}
