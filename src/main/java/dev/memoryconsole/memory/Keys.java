package dev.memoryconsole.memory;

/** The names of the smart metadata's keys, as the plugin writes them. */
public final class Keys {
  public static final String L0 = "l0_abstract";
  public static final String L1 = "l1_overview";
  public static final String L2 = "l2_content";
  public static final String MEMORY_CATEGORY = "memory_category";
  public static final String OPENCLAW_CORPUS = "openclaw_corpus";
  public static final String COMPACTED = "compacted";
  public static final String TYPE = "type";
  public static final String ACCESS_COUNT = "access_count";
  public static final String TIER = "tier";
  public static final String STATE = "state";
  public static final String SOURCE = "source";
  public static final String MEMORY_LAYER = "memory_layer";
  public static final String FACT_KEY = "fact_key";
  public static final String UPGRADED_FROM = "upgraded_from";
  public static final String UPGRADED_AT = "upgraded_at";
  public static final String UPGRADED_BY = "upgraded_by";
  public static final String UPGRADE_ERROR = "upgrade_error";
  public static final String MENDED_AT = "mended_at";
  public static final String ARCHIVED_AT = "archived_at";
  public static final String ARCHIVE_REASON = "archive_reason";
  public static final String LAST_ACCESSED_AT = "last_accessed_at";
  public static final String INJECTED_COUNT = "injected_count";
  public static final String LAST_INJECTED_AT = "last_injected_at";
  public static final String BAD_RECALL_COUNT = "bad_recall_count";
  public static final String LAST_CONFIRMED_USE_AT = "last_confirmed_use_at";
  public static final String SUPPRESSED_UNTIL_TURN = "suppressed_until_turn";
  public static final String SUPPRESSED_UNTIL_MS = "suppressed_until_ms";
  public static final String UNPARSED = "unparsed_metadata";

  private Keys() {}
}
