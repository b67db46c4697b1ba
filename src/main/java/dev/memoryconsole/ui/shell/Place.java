package dev.memoryconsole.ui.shell;

/** The places of the window, in the order of the rail. */
public enum Place {
  MEMORIES("place.memories", "fth-list", 1, true),
  RUNS("place.runs", "fth-activity", 2, true),
  OVERVIEW("place.overview", "fth-pie-chart", 3, true),
  LOCKS("place.locks", "fth-lock", 4, true),
  SETTINGS("place.settings", "fth-settings", 5, false);

  private final String key;
  private final String icon;
  private final int digit;
  private final boolean ofStore;

  /**
   * A place.
   *
   * @param key its name in the messages
   * @param icon its icon's literal
   * @param digit goes there together with Ctrl
   * @param ofStore whether it shows what is in a store, and is nowhere to go without one
   */
  Place(String key, String icon, int digit, boolean ofStore) {
    this.key = key;
    this.icon = icon;
    this.digit = digit;
    this.ofStore = ofStore;
  }

  String key() {
    return key;
  }

  String icon() {
    return icon;
  }

  int digit() {
    return digit;
  }

  boolean isOfStore() {
    return ofStore;
  }
}
