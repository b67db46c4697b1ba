package dev.memoryconsole.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.journal.KeptResult;
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
    KeptResult write = candidate.kept();
    if (write == null) {
      return leave(candidate, Verdict.skip("That run wrote nothing here; nothing was changed."));
    }
    if (wasUpgradedSince(current.metadata(), write.written())) {
      return leave(
          candidate,
          Verdict.skip("It was upgraded again since; nothing was changed, undo that run first."));
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

  /** A later upgrade wrote its own values, some of them the same: they are not ours to take. */
  private static boolean wasUpgradedSince(@Nullable String current, @Nullable String written) {
    JsonNode now = MetadataJson.objectOrEmpty(current).path(Keys.UPGRADED_AT);
    JsonNode then = MetadataJson.objectOrEmpty(written).path(Keys.UPGRADED_AT);
    return now.isNumber() && !now.asText().equals(then.asText());
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
