package dev.memoryconsole.store.sqlite;

import dev.memoryconsole.lock.LockPacing;
import dev.memoryconsole.lock.LockPurpose;
import dev.memoryconsole.lock.record.LockMetrics;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import dev.memoryconsole.store.sqlite.schema.SchemaBuilder;
import dev.memoryconsole.store.sqlite.schema.StoreForm;
import dev.memoryconsole.store.sqlite.upkeep.AbstractIndex;
import dev.memoryconsole.store.sqlite.upkeep.Adoption;
import dev.memoryconsole.store.sqlite.upkeep.AdoptionFiller;
import dev.memoryconsole.store.sqlite.upkeep.Checkpointer;
import dev.memoryconsole.store.sqlite.upkeep.FlagRenewal;
import dev.memoryconsole.store.sqlite.upkeep.IdleUpkeep;
import dev.memoryconsole.store.sqlite.upkeep.Mender;
import dev.memoryconsole.store.sqlite.upkeep.TextRemains;
import dev.memoryconsole.store.sqlite.upkeep.UpkeepTask;
import dev.memoryconsole.store.sqlite.write.EntryWriter;
import dev.memoryconsole.store.sqlite.write.Opening;
import dev.memoryconsole.store.sqlite.write.WriteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * All that writes to a store's file. A file that this program did not make has none until the first
 * write that was asked for.
 *
 * @param writer the connection that writes
 * @param checkpointer moves the log into the file
 * @param upkeep brings the derived tables up to date
 */
record WriteSide(WriteConnection writer, Checkpointer checkpointer, IdleUpkeep upkeep) {

  /** What the parts share. */
  record Setting(
      Path file,
      Opening opening,
      InstantSource clock,
      LockMetrics metrics,
      Supplier<LockPacing> pacing,
      ReadPool readers,
      Runnable whole) {}

  /** Makes the tables in an empty file. */
  static WriteSide create(Setting setting) throws SQLException {
    return start(setting, writer -> writer.create());
  }

  /** Opens a store that this program made or adopted. */
  static WriteSide open(Setting setting) throws SQLException {
    return start(setting, writer -> {});
  }

  private interface Step {
    void with(WriteConnection writer) throws SQLException;
  }

  private static WriteSide start(Setting setting, Step step) throws SQLException {
    WriteConnection writer = connect(setting);
    try {
      writer.useLog(setting.opening().lockPatience());
      step.with(writer);
      return of(setting, writer);
    } catch (SQLException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  /** Adopts a table of another program. */
  static WriteSide adopt(Setting setting) throws SQLException, InterruptedException {
    WriteConnection writer = connect(setting);
    try {
      new Adoption(setting.file(), setting.opening(), setting.readers(), writer).run();
      return of(setting, writer);
    } catch (SQLException | RuntimeException | InterruptedException failure) {
      writer.close();
      throw failure;
    }
  }

  private static WriteSide of(Setting setting, WriteConnection writer) {
    Opening opening = setting.opening();
    ReadPool readers = setting.readers();
    Checkpointer checkpointer = new Checkpointer(setting.file());
    List<UpkeepTask> tasks =
        List.of(
            new Mender(opening, writer, readers),
            new AdoptionFiller(opening, writer, readers, setting.whole()),
            new FlagRenewal(opening, writer, readers),
            new TextRemains(opening, writer, readers),
            new AbstractIndex(opening, writer, readers));
    return new WriteSide(writer, checkpointer, new IdleUpkeep(writer, checkpointer, tasks));
  }

  private static WriteConnection connect(Setting setting) throws SQLException {
    return WriteConnection.connect(
        setting.file(), setting.clock(), setting.metrics(), setting.pacing());
  }

  /** Brings up a store of version 2. */
  void bringUp(Setting setting) throws InterruptedException {
    if (setting.readers().read(SqliteCode.MENDING, StoreForm::keepsTextsTwice)) {
      writer.hold(
          setting.opening(),
          LockPurpose.of(LockPurpose.Kind.OTHER),
          SqliteCode.MENDING,
          WriteConnection.LIMIT,
          SchemaBuilder::bringUp);
    }
  }

  /** Writes memories, for one opening of the store. */
  EntryWriter entries(Opening user) {
    return new EntryWriter(user, writer);
  }

  /** To be called after each commit. */
  void afterCommit() {
    checkpointer.afterCommit(writer.othersWrite());
    upkeep.wake();
  }

  /** To be called after each commit of an import. */
  void afterInsert() {
    checkpointer.afterInsert(writer.othersWrite());
    upkeep.wake();
  }

  /** Closes all, the writer last: the last one out moves the log into the file and removes it. */
  void close(ReadPool readers) throws SQLException {
    upkeep.close();
    readers.close();
    checkpointer.close();
    writer.close();
  }
}
