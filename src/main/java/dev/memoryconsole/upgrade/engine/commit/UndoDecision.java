package dev.memoryconsole.upgrade.engine.commit;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataUndo;
import dev.memoryconsole.mend.MendCode;
import dev.memoryconsole.mend.SeenRow;
import dev.memoryconsole.mend.TextHash;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.store.batch.RowWrite;
import dev.memoryconsole.upgrade.UpgradeCode;
import dev.memoryconsole.upgrade.WriteFate;
import dev.memoryconsole.upgrade.engine.run.Candidate;
import dev.memoryconsole.upgrade.engine.run.FateOfWrite;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes back what another run wrote, key by key and column by column, on the re-read row. */
public final class UndoDecision implements Decision {
  private static final Verdict.Over UNDONE = new Verdict.Over(EntryState.UNDONE, Message.NONE);
  private static final Verdict.Over UNDONE_AGAIN =
      new Verdict.Over(EntryState.UNDONE, UpgradeCode.TAKEN_BACK_AGAIN.with());

  @Override
  public @Nullable Long markedAt() {
    return null;
  }

  @Override
  public Verdict on(Candidate candidate, MemoryEntry current) {
    EntryProgress write = candidate.kept();
    if (write != null && write.isOfWholeRow()) {
      return candidate.state().isWritten() ? UNDONE : onWholeRow(candidate, write, current);
    }
    if (candidate.state().isWritten()) {
      return write != null && isBack(write, current)
          ? undone(write, current).orElse(UNDONE)
          : UNDONE;
    }
    candidate.see(current);
    if (write == null) {
      return Verdict.skip(UpgradeCode.NO_WRITE_KNOWN.with());
    }
    if (!MetadataUndo.carries(current.metadata(), write.before(), write.written())) {
      return candidate.isRecovered() ? UNDONE : Verdict.skip(reason(write, current.metadata()));
    }
    return undone(write, current)
        .orElseGet(
            () ->
                candidate.isRecovered()
                    ? UNDONE
                    : Verdict.skip(UpgradeCode.NOTHING_OF_WRITE_LEFT.with()));
  }

  /** A row that was deleted, or put back by an undo, is there. */
  private static Verdict onWholeRow(Candidate candidate, EntryProgress write, MemoryEntry current) {
    candidate.see(current);
    if (write.rowWritten() != null) {
      return isAs(current, write, write.written(), write.columnsWritten())
          ? new Verdict.Write(new RowWrite.Removal(current))
          : Verdict.skip(MendCode.CHANGED_SINCE_RETURN.with());
    }
    boolean byUs =
        candidate.isRecovered() && isAs(current, write, write.before(), write.columnsBefore());
    return byUs ? UNDONE : Verdict.skip(MendCode.THERE_AGAIN.with());
  }

  /** What a recall counts does not make it another memory. */
  private static boolean isAs(
      MemoryEntry row, EntryProgress write, @Nullable String metadata, ColumnValues columns) {
    return TextHash.of(row.text()).equals(write.textHash())
        && columns.changing(row).isEmpty()
        && SeenRow.sameMetadata(row.metadata(), metadata);
  }

  @Override
  public RowWrite.@Nullable Return returnOf(Candidate candidate) {
    EntryProgress write = candidate.kept();
    return write != null && write.rowBefore() != null && candidate.wasMissed()
        ? new RowWrite.Return(candidate.id(), write.rowBefore())
        : null;
  }

  @Override
  public Verdict.@Nullable Over missing(Candidate candidate) {
    EntryProgress write = candidate.kept();
    if (write != null && write.rowBefore() != null) {
      return null;
    }
    boolean deletedAgain = write != null && write.rowWritten() != null && candidate.isRecovered();
    return deletedAgain
        ? new Verdict.Over(EntryState.UNDONE, MendCode.GONE_WHEN_RESUMED.with())
        : Verdict.skip(UpgradeCode.DELETED.with());
  }

  private static Optional<Verdict> undone(EntryProgress write, MemoryEntry current) {
    return MetadataUndo.undo(current.metadata(), write.before(), write.written())
        .map(
            undone ->
                new Verdict.Write(
                    new RowWrite.Change(
                        current,
                        undone.metadata(),
                        ColumnValues.undo(
                            current, write.columnsBefore(), write.columnsWritten()))));
  }

  /** Whether an older copy brought back what was taken back. */
  private static boolean isBack(EntryProgress write, MemoryEntry current) {
    return FateOfWrite.of(EntryState.UNDONE, write, List.of(current)) == WriteFate.OVERWRITTEN;
  }

  /** Why a row without the marker of that write is left alone. */
  private static Message reason(EntryProgress write, @Nullable String current) {
    if (MetadataUndo.isMend(write.before(), write.written())) {
      return MetadataJson.objectOrEmpty(current).path(Keys.MENDED_AT).isNumber()
          ? MendCode.MENDED_SINCE.with()
          : UpgradeCode.WRITE_GONE.with();
    }
    return MetadataJson.objectOrEmpty(current).path(Keys.UPGRADED_AT).isNumber()
        ? UpgradeCode.UPGRADED_SINCE.with()
        : UpgradeCode.WRITE_GONE.with();
  }

  @Override
  public Verdict.Over written(Candidate candidate) {
    return candidate.state().isWritten() ? UNDONE_AGAIN : UNDONE;
  }
}
