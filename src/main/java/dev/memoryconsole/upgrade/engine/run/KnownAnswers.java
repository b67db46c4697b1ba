package dev.memoryconsole.upgrade.engine.run;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.TextHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model has answered in previews of an open store, so that the run that follows writes what
 * the admin has seen, and does not pay for it again. The latest are kept, in memory only; each is
 * for one text, and is used by one run. Thread-safe.
 */
public final class KnownAnswers {
  private static final int MOST = 1_000;

  private final Map<String, Answer> answers = new LinkedHashMap<>();

  private record Answer(String textHash, EnrichmentResult result) {}

  /** Notes a model's answer; a failure is none, and what costs nothing need not be kept. */
  public synchronized void put(MemoryEntry entry, EnrichmentResult result) {
    if (result.enrichment() == null || result.error() != null) {
      return;
    }
    answers.remove(entry.id());
    answers.put(entry.id(), new Answer(TextHash.of(entry.text()), result));
    if (answers.size() > MOST) {
      answers.remove(answers.keySet().iterator().next());
    }
  }

  /** The answer for the text that a row has. */
  public synchronized Optional<EnrichmentResult> of(MemoryEntry row) {
    Answer answer = answers.get(row.id());
    return answer != null && answer.textHash.equals(TextHash.of(row.text()))
        ? Optional.of(answer.result)
        : Optional.empty();
  }

  /** The answer for the text that a row has, which is given once. */
  public synchronized Optional<EnrichmentResult> take(MemoryEntry row) {
    Optional<EnrichmentResult> answer = of(row);
    // One for another text is of no more use either.
    answers.remove(row.id());
    return answer;
  }

  /** Those of these entries that have an answer, each with the hash of the text that it is for. */
  public synchronized Map<String, String> hashes(Collection<String> ids) {
    Map<String, String> hashes = new HashMap<>();
    if (!answers.isEmpty()) {
      for (String id : ids) {
        @Nullable Answer answer = answers.get(id);
        if (answer != null) {
          hashes.put(id, answer.textHash);
        }
      }
    }
    return hashes;
  }
}
