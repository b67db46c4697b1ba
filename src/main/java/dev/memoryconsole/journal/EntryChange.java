package dev.memoryconsole.journal;

import dev.memoryconsole.memory.ColumnValues;
import dev.memoryconsole.memory.RowImage;
import dev.memoryconsole.message.MessageText;
import org.jspecify.annotations.Nullable;

/**
 * A transition of one entry. A null field leaves the journal's value as it is.
 *
 * @param position the entry's place in the run
 * @param state the state it goes to
 * @param title the beginning of its text
 * @param attempt how often it has been enriched in this run
 * @param textHash of the text that was enriched, or that the mended row has
 * @param enrichment the result of phase 1, as JSON
 * @param upgradedAt the marker of the write under way
 * @param image before and after the write under way
 * @param reason what the admin should know, as {@link MessageText} keeps it
 * @param startedAt when its enrichment started
 * @param finishedAt when it reached its outcome
 */
public record EntryChange(
    int position,
    EntryState state,
    @Nullable String title,
    @Nullable Integer attempt,
    @Nullable String textHash,
    @Nullable String enrichment,
    @Nullable Long upgradedAt,
    @Nullable Image image,
    @Nullable String reason,
    @Nullable Long startedAt,
    @Nullable Long finishedAt) {

  /**
   * What a write finds and what it leaves: the metadata, and other columns that it changes.
   *
   * @param seen the metadata when the run began with the row, if it was another one, empty if there
   *     was none; null if it was the same, or is not known
   * @param rowBefore the whole row, if it is deleted; null if it stays
   * @param rowWritten the whole row, if it is put back; null if it was there
   */
  public record Image(
      @Nullable String seen,
      @Nullable String before,
      @Nullable String written,
      ColumnValues columnsBefore,
      ColumnValues columnsWritten,
      @Nullable RowImage rowBefore,
      @Nullable RowImage rowWritten) {
    /** Nothing that is known of. */
    public static final Image NONE = new Image(null, null);

    /** A write of metadata alone that nobody came before. */
    public Image(@Nullable String before, @Nullable String written) {
      this(null, before, written, ColumnValues.NONE, ColumnValues.NONE, null, null);
    }
  }

  /**
   * This change and the next one of the same entry as one, for changes that reach the disk
   * together.
   */
  public EntryChange then(EntryChange next) {
    return new EntryChange(
        position,
        next.state,
        orElse(next.title, title),
        orElse(next.attempt, attempt),
        orElse(next.textHash, textHash),
        orElse(next.enrichment, enrichment),
        orElse(next.upgradedAt, upgradedAt),
        next.image == null && next.state.isWritten() ? image : next.image,
        orElse(next.reason, reason),
        orElse(next.startedAt, startedAt),
        orElse(next.finishedAt, finishedAt));
  }

  private static <T> @Nullable T orElse(@Nullable T value, @Nullable T otherwise) {
    return value == null ? otherwise : value;
  }

  /** Phase 1 begins. */
  public static EntryChange enriching(int position, String title, int attempt, long startedAt) {
    return new EntryChange(
        position,
        EntryState.ENRICHING,
        title,
        attempt,
        null,
        null,
        null,
        null,
        null,
        startedAt,
        null);
  }

  /** Phase 1 is done. */
  public static EntryChange enriched(int position, String textHash, String enrichment) {
    return new EntryChange(
        position,
        EntryState.ENRICHED,
        null,
        null,
        textHash,
        enrichment,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * The write is about to take effect.
   *
   * @param upgradedAt the marker's time; null for a write without a marker
   */
  public static EntryChange committing(int position, @Nullable Long upgradedAt, Image image) {
    return new EntryChange(
        position,
        EntryState.COMMITTING,
        null,
        null,
        null,
        null,
        upgradedAt,
        image,
        null,
        null,
        null);
  }

  /** This change with the hash of the text that its row has. */
  public EntryChange withTextHash(String hash) {
    return new EntryChange(
        position,
        state,
        title,
        attempt,
        hash,
        enrichment,
        upgradedAt,
        image,
        reason,
        startedAt,
        finishedAt);
  }

  /** The batch around it was given up, nothing was written: it is again what it was before. */
  public static EntryChange givenUp(int position, EntryState state) {
    return new EntryChange(position, state, null, null, null, null, null, null, null, null, null);
  }

  /**
   * Its write was overwritten by another program and is about to be made again; its outcome stays.
   */
  public static EntryChange reapplying(
      int position, EntryState outcome, @Nullable Long upgradedAt, Image image, String reason) {
    return new EntryChange(
        position, outcome, null, null, null, null, upgradedAt, image, reason, null, null);
  }

  /** The entry has its outcome. */
  public static EntryChange finished(
      int position, EntryState outcome, String title, int attempt, String reason, long at) {
    return new EntryChange(
        position, outcome, title, attempt, null, null, null, null, reason, null, at);
  }

  /** This change of an entry that somebody has begun to work on then, milliseconds since 1970. */
  public EntryChange begunAt(long at) {
    return new EntryChange(
        position,
        state,
        title,
        attempt,
        textHash,
        enrichment,
        upgradedAt,
        image,
        reason,
        at,
        finishedAt);
  }
}
