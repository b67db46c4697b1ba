package dev.memoryconsole.upgrade.engine;

import dev.memoryconsole.journal.EntryProgress;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.memory.MetadataUndo;
import dev.memoryconsole.store.RowWrite;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes back what another run wrote, key by key, on the re-read row. */
final class UndoWork extends BatchWork {
  private static final Verdict.Over UNDONE = new Verdict.Over(EntryState.UNDONE, "");

  UndoWork(List<Candidate> candidates, UpgradeRun run) {
    super(candidates, run);
  }

  @Override
  @Nullable RowWrite decide(Candidate candidate, MemoryEntry current) {
    candidate.see(current);
    EntryProgress write = candidate.kept();
    if (write == null) {
      return leave(
          candidate,
          Verdict.skip("Nothing is known of a write of that run here; nothing was changed."));
    }
    if (!MetadataUndo.carries(current.metadata(), write.written())) {
      return leave(
          candidate, candidate.isRecovered() ? UNDONE : Verdict.skip(reason(current.metadata())));
    }
    Optional<MetadataUndo.Undone> undone =
        MetadataUndo.undo(current.metadata(), write.before(), write.written());
    if (undone.isPresent()) {
      return new RowWrite(current, undone.get().metadata());
    }
    return leave(
        candidate,
        candidate.isRecovered()
            ? UNDONE
            : Verdict.skip("Nothing of that run's write is left here; nothing was changed."));
  }

  /** Why a row without the marker of that write is left alone. */
  private static String reason(@Nullable String current) {
    return MetadataJson.objectOrEmpty(current).path(Keys.UPGRADED_AT).isNumber()
        ? "It was upgraded again since; nothing was changed, undo that run first."
        : "It does not carry that run's write any more, or never did; nothing was changed.";
  }

  @Override
  @Nullable Long markedAt() {
    return null;
  }

  @Override
  Verdict.Over written(Candidate candidate) {
    return UNDONE;
  }
}
