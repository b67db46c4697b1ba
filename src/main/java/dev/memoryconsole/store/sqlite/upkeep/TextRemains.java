package dev.memoryconsole.store.sqlite.upkeep;

import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.TextIndexForm;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what a text index of before has left in a store, in steps that hold the lock for some
 * milliseconds each: to drop it at one go would take as long as to read it. The file then has room
 * for what is written next. For one thread.
 */
public final class TextRemains implements UpkeepTask {
  private static final LockPurpose PURPOSE = LockPurpose.of(LockPurpose.Kind.OTHER);
  private static final SqliteCode DOING = SqliteCode.MENDING;

  private final Opening opening;
  private final WriteConnection writer;
  private final ReadPool readers;
  private final HoldSize size = new HoldSize();

  /** Takes it away from a store. */
  public TextRemains(Opening opening, WriteConnection writer, ReadPool readers) {
    this.opening = opening;
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public @Nullable LockAcquisition step() throws InterruptedException {
    if (readers.read(DOING, TextIndexForm::remains).isEmpty()) {
      return null;
    }
    LockAcquisition event =
        writer.hold(opening, PURPOSE, DOING, WriteConnection.LIMIT, this::remove);
    size.held(event.holdNanos());
    return event;
  }

  private void remove(Connection connection) throws SQLException {
    // By another process, meanwhile.
    Optional<TextIndexForm.Remains> remains = TextIndexForm.remains(connection);
    if (remains.isPresent()) {
      TextIndexForm.remove(connection, remains.get(), size.rows());
    }
  }
}
