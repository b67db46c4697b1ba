package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.upkeep.Adoption;
import dev.memoryconsole.store.sqlite.upkeep.AdoptionFiller;
import dev.memoryconsole.store.sqlite.upkeep.Checkpointer;
import dev.memoryconsole.store.sqlite.upkeep.IdleUpkeep;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Everything of a store that writes. A file that this program did not make has none until the first
 * write that was asked for.
 *
 * @param writer the connection that writes
 * @param checkpointer moves the log into the file
 * @param indexer brings the derived tables up to date
 */
public record WriteSide(WriteConnection writer, Checkpointer checkpointer, IdleUpkeep indexer) {

  /** What the parts share. */
  public record Setting(
      Path file,
      Opening opening,
      LockMetrics metrics,
      Supplier<LockPacing> pacing,
      ReadPool readers,
      Runnable whole) {}

  /** Of an empty file. */
  static WriteSide create(Setting setting) throws SQLException {
    return start(setting, writer -> writer.create(setting.file()));
  }

  /** Of a store that this program made or adopted. */
  static WriteSide open(Setting setting) throws SQLException {
    return start(setting, writer -> {});
  }

  private interface Step {
    void with(WriteConnection writer) throws SQLException;
  }

  private static WriteSide start(Setting setting, Step step) throws SQLException {
    WriteConnection writer = connect(setting);
    try {
      writer.useLog(setting.opening().options().lockPatience());
      step.with(writer);
      return of(setting, writer);
    } catch (SQLException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  /** Of a table of another program, which is adopted by this. */
  static WriteSide adopt(Setting setting) throws SQLException, InterruptedException {
    WriteConnection writer = connect(setting);
    try {
      new Adoption(setting, writer).run();
      return of(setting, writer);
    } catch (SQLException | RuntimeException | InterruptedException failure) {
      writer.close();
      throw failure;
    }
  }

  private static WriteSide of(Setting setting, WriteConnection writer) {
    Checkpointer checkpointer = new Checkpointer(setting.file());
    AdoptionFiller filler =
        new AdoptionFiller(setting.opening(), writer, setting.readers(), setting.whole());
    return new WriteSide(
        writer,
        checkpointer,
        new IdleUpkeep(setting.opening(), writer, setting.readers(), checkpointer, filler));
  }

  private static WriteConnection connect(Setting setting) throws SQLException {
    return WriteConnection.connect(
        setting.file(), setting.opening().options().clock(), setting.metrics(), setting.pacing());
  }

  /** To be called after each commit. */
  void afterCommit() {
    checkpointer.afterCommit(writer.othersWrite());
    indexer.wake();
  }

  /**
   * With the readers; the writer last: the last one out moves the log into the file and removes it.
   */
  void close(ReadPool readers) throws SQLException {
    indexer.close();
    readers.close();
    checkpointer.close();
    writer.close();
  }
}
