package dev.memoryconsole.journal.lives;

import dev.memoryconsole.journal.JournalCode;
import dev.memoryconsole.journal.JournalException;
import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.journal.RunKind;
import dev.memoryconsole.journal.RunTakenOverException;
import dev.memoryconsole.journal.Verification;
import dev.memoryconsole.journal.database.Statements;
import dev.memoryconsole.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which process is at work on which run: one run of a store at a time, over all processes that
 * share the journal. Each taking of a run raises the run's epoch, and what a process writes of a
 * run takes effect only while the epoch is still the one of its taking. Safe for use by many
 * threads; what takes statements is to be called inside a transaction of theirs.
 */
public final class RunClaims implements AutoCloseable {
  /** The state of a run whose entries are not all written down. */
  public static final String PLANNING = "PLANNING";

  // Of this process, by its name. A run of ours whose end could not be recorded is not at work any
  // more, although its process is alive.
  private static final Set<String> AT_WORK = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final ProcessLives lives;
  private final Map<Long, Long> epochs = new ConcurrentHashMap<>();
  private final Map<Long, String> claimed = new ConcurrentHashMap<>();

  /**
   * Knows the claims of one journal.
   *
   * @param file its real path
   */
  public RunClaims(Path file) {
    this.file = file;
    this.lives = new ProcessLives(file);
  }

  /** A run that has no end yet, and whose it is. */
  public record Open(
      long run,
      ProcessIdentity owner,
      long epoch,
      long startedAt,
      String state,
      RunKind kind,
      Verification verification) {
    /** Whether its entries are not all written down. */
    public boolean isPlanned() {
      return state.equals(PLANNING);
    }

    private Message doing() {
      return switch (state) {
        case PLANNING -> JournalCode.ABOUT_TO_BEGIN.with();
        case "PAUSED" -> JournalCode.PAUSED.with();
        default -> (kind == RunKind.RESTORE ? JournalCode.RESTORING : JournalCode.AT_WORK).with();
      };
    }
  }

  /** This process, as it is written down; from now on others see that it is alive. */
  public ProcessIdentity self() {
    try {
      return ProcessIdentity.self(lives.own());
    } catch (IOException e) {
      throw new JournalException(JournalCode.NO_SIGN_OF_LIFE.with(file), e);
    }
  }

  /** Whether a run is at work in that process, which may be this one. */
  public boolean isAtWork(long run, ProcessIdentity owner) {
    String process = owner.process();
    if (process != null && lives.isMine(process)) {
      return AT_WORK.contains(key(run, process));
    }
    return isAlive(owner);
  }

  /** Whether that process is there. */
  public boolean isAlive(ProcessIdentity owner) {
    String process = owner.process();
    return process == null ? owner.mayBeAlive() : lives.isAlive(process);
  }

  /** The runs of a store without an end, the oldest first. */
  public static List<Open> open(Statements statements, String store) throws SQLException {
    return statements.list(
        "SELECT id, owner_pid, owner_start, owner, epoch, started_at, state, kind, verification"
            + " FROM runs WHERE store = ? AND state IN ('RUNNING', 'PAUSED', 'PLANNING')"
            + " ORDER BY id",
        row ->
            new Open(
                row.getLong("id"),
                new ProcessIdentity(
                    row.getLong("owner_pid"), row.getLong("owner_start"), row.getString("owner")),
                row.getLong("epoch"),
                row.getLong("started_at"),
                row.getString("state"),
                RunKind.valueOf(row.getString("kind")),
                Verification.valueOf(row.getString("verification"))),
        store);
  }

  /**
   * Refuses a second run of a store.
   *
   * @throws RunInProgressException if there is a run at work
   */
  public void requireFree(Statements statements, String store) throws SQLException {
    for (Open open : open(statements, store)) {
      if (isAtWork(open.run(), open.owner())) {
        throw new RunInProgressException(
            open.run(), open.owner().asOwner(), open.startedAt(), open.doing());
      }
    }
  }

  /** A run at work. */
  public record AtWork(long run, String store) {}

  /** A run that is at work, of whatever store; empty if none is. */
  public Optional<AtWork> anyAtWork(Statements statements) throws SQLException {
    List<String> stores =
        statements.list(
            "SELECT DISTINCT store FROM runs WHERE state IN ('RUNNING', 'PAUSED', 'PLANNING')",
            row -> row.getString(1));
    for (String store : stores) {
      for (Open open : open(statements, store)) {
        if (isAtWork(open.run(), open.owner())) {
          return Optional.of(new AtWork(open.run(), store));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * This process works on a run from now on.
   *
   * @param self this process as it was written down
   */
  public void claim(Statements statements, long run, ProcessIdentity self) throws SQLException {
    epoch(statements, run).ifPresent(epoch -> epochs.put(run, epoch));
    String key = key(run, String.valueOf(self.process()));
    AT_WORK.add(key);
    claimed.put(run, key);
  }

  private static String key(long run, String process) {
    return run + "@" + process;
  }

  private static Optional<Long> epoch(Statements statements, long run) throws SQLException {
    return Optional.ofNullable(statements.asked("SELECT epoch FROM runs WHERE id = ?", run));
  }

  /** Whether nobody has taken the run since this process took it. */
  public boolean isOurs(Statements statements, long run) throws SQLException {
    return epoch(statements, run).filter(epoch -> epoch.equals(epochs.get(run))).isPresent();
  }

  /**
   * Refuses what is to be written of a run that is somebody else's by now.
   *
   * @throws RunTakenOverException if it is
   */
  public void requireOurs(Statements statements, long run) throws SQLException {
    if (!isOurs(statements, run)) {
      throw new RunTakenOverException(run);
    }
  }

  /** This process works on a run no longer; what is left to be written of it still may be. */
  public void release(long run) {
    String key = claimed.remove(run);
    if (key != null) {
      AT_WORK.remove(key);
    }
  }

  @Override
  public void close() {
    lives.close();
  }
}
