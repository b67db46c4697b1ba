package dev.memoryconsole.mend.find;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What there is to be found in a store; what each means is in {@code src/docs/mend.md}. */
public enum Finding {
  /** No agent asks for what has no scope. */
  BLANK_SCOPE,
  /** A memory that was made of a reflection has another category than its kind says. */
  MAPPED_CATEGORY,
  /** One of the three layers of an upgraded memory is missing, or its abstract says nothing. */
  POOR_SUMMARY,
  /** Several memories of one scope have the same text. */
  DUPLICATE,
  /** Several memories of one scope have almost the same text. */
  NEAR_DUPLICATE;

  /** Its name as it is typed: {@code blank-scope}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is one of several memories together. */
  public boolean isOfSeveral() {
    return this == DUPLICATE || this == NEAR_DUPLICATE;
  }

  /** The finding of that name. */
  public static Optional<Finding> of(String key) {
    return Arrays.stream(values()).filter(finding -> finding.key().equals(key)).findFirst();
  }
}
