package dev.memoryconsole.ui.mend;

import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.store.MemoryStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mend that somebody wants to see.
 *
 * @param which the memories
 * @param preset what is to be set to begin with, in all of them
 * @param rule what is to be set in each, and nothing else can be; null if the admin chooses
 */
public record MendRequest(Which which, FieldChanges preset, MendPreview.@Nullable Rule rule) {
  /** Finds the memories. */
  @FunctionalInterface
  public interface Which {
    /** Their ids; called in the background. */
    List<String> ids(MemoryStore store) throws InterruptedException;
  }

  /** The admin chooses what is set, the same in all. */
  public static MendRequest of(Which which, FieldChanges preset) {
    return new MendRequest(which, preset, null);
  }

  /** What is set is known for each. */
  public static MendRequest by(Which which, MendPreview.Rule rule) {
    return new MendRequest(which, new FieldChanges(Map.of()), rule);
  }
}
