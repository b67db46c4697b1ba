package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockMetrics;
import dev.memoryconsole.lock.LockPacing;
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
record Engine(Writer writer, Checkpointer checkpointer, AbstractIndexer indexer) {

  /** What the parts share. */
  record Setting(
      Path file,
      Opening opening,
      LockMetrics metrics,
      Supplier<LockPacing> pacing,
      ReadPool readers,
      Runnable whole) {}

  /** Of an empty file. */
  static Engine create(Setting setting) throws SQLException {
    return start(setting, writer -> writer.create(setting.file()));
  }

  /** Of a store that this program made or adopted. */
  static Engine open(Setting setting) throws SQLException {
    return start(setting, writer -> {});
  }

  private interface Step {
    void with(Writer writer) throws SQLException;
  }

  private static Engine start(Setting setting, Step step) throws SQLException {
    Writer writer = connect(setting);
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
  static Engine adopt(Setting setting) throws SQLException, InterruptedException {
    Writer writer = connect(setting);
    try {
      new Adoption(setting, writer).run();
      return of(setting, writer);
    } catch (SQLException | RuntimeException | InterruptedException failure) {
      writer.close();
      throw failure;
    }
  }

  private static Engine of(Setting setting, Writer writer) {
    Checkpointer checkpointer = new Checkpointer(setting.file());
    Filler filler = new Filler(setting.opening(), writer, setting.readers(), setting.whole());
    return new Engine(
        writer,
        checkpointer,
        new AbstractIndexer(setting.opening(), writer, setting.readers(), checkpointer, filler));
  }

  private static Writer connect(Setting setting) throws SQLException {
    return Writer.connect(
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
