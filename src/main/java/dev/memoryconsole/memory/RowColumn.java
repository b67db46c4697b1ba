package dev.memoryconsole.memory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns beside the metadata that a mend may write. */
public enum RowColumn {
  CATEGORY,
  SCOPE,
  IMPORTANCE;

  /** The column's name in every store. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a row holds: a text or, for the importance, a {@link Double}; null if nothing. */
  public @Nullable Object of(MemoryEntry row) {
    return switch (this) {
      case CATEGORY -> row.category();
      case SCOPE -> row.scope();
      case IMPORTANCE -> row.importance();
    };
  }
}
