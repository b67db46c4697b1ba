package dev.memoryconsole.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of the metadata on its way through a run. All values are JSON, null where the key was
 * absent; values that mean the same are the same string.
 *
 * @param key the key's name, or the column's
 * @param column whether it is a column beside the metadata
 * @param seen its value as the run found it when it began with the memory
 * @param before its value just before the run wrote; another one than {@code seen} was written by
 *     somebody else meanwhile
 * @param written its value as the run wrote it
 * @param now its value in the store now
 * @param kind what happened to it
 */
public record KeyDiff(
    String key,
    boolean column,
    @Nullable String seen,
    @Nullable String before,
    @Nullable String written,
    @Nullable String now,
    Kind kind) {
  /** What happened to a key. */
  public enum Kind {
    /** Added by the run. */
    ADDED,
    /** Changed by the run. */
    CHANGED,
    /** Removed by the run. */
    REMOVED,
    /** Kept as it was. */
    KEPT,
    /** Written by somebody else while the run was at work, and kept. */
    WRITTEN_MEANWHILE,
    /** Written by somebody else while the run was at work, and then by the run. */
    WRITTEN_OVER,
    /** Written by somebody else after the run; theirs counts. */
    WRITTEN_LATER
  }

  /** Whose a value is. */
  public enum Part {
    /** From before the run. */
    BEFORE,
    /** Written by somebody else before the run wrote. */
    MEANWHILE,
    /** Written by the run. */
    ENRICHMENT,
    /** Written by somebody else after the run. */
    LATER
  }

  /**
   * A value that the key has had.
   *
   * @param value as JSON; null if the key was absent
   */
  public record Step(Part part, @Nullable String value) {}

  /** The name with what it is of, for programs and terminals. */
  public String label() {
    return column ? "column " + key : key;
  }

  /**
   * The values that the key has had, in the order of time: where the run did not write it, there is
   * no step for that, and so on. The last one is the result.
   */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(Part.BEFORE, seen));
    if (!Objects.equals(seen, before)) {
      steps.add(new Step(Part.MEANWHILE, before));
    }
    if (!Objects.equals(before, written)) {
      steps.add(new Step(Part.ENRICHMENT, written));
    }
    if (!Objects.equals(written, now)) {
      steps.add(new Step(Part.LATER, now));
    }
    if (steps.size() > 1 && seen == null) {
      steps.removeFirst();
    }
    return List.copyOf(steps);
  }
}
