package dev.memoryconsole.ui.diff;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.ui.common.text.JsonText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key as the screen shows it.
 *
 * @param sign a sign for what happened to it
 * @param before its value before; null if it was absent
 * @param after its value now; null if it is absent
 */
public record DiffLine(
    KeyDiff.Kind kind, String sign, String key, @Nullable String before, @Nullable String after) {

  /** For the screen, all or only what changed. */
  public static List<DiffLine> of(List<KeyDiff> diffs, boolean onlyChanges) {
    return diffs.stream()
        .filter(diff -> !onlyChanges || diff.kind() != KeyDiff.Kind.KEPT)
        .map(DiffLine::of)
        .toList();
  }

  /** The key of the word for what happened. */
  public String wordKey() {
    return "diff." + kind.name().toLowerCase(Locale.ROOT);
  }

  /** Its style class. */
  public String styleClass() {
    return "diff-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static DiffLine of(KeyDiff diff) {
    // What somebody else wrote later is compared with what the upgrade left.
    String before = diff.kind() == KeyDiff.Kind.WRITTEN_LATER ? diff.written() : diff.before();
    return new DiffLine(diff.kind(), sign(diff.kind()), diff.key(), text(before), text(diff.now()));
  }

  private static String sign(KeyDiff.Kind kind) {
    return switch (kind) {
      case ADDED -> "+";
      case CHANGED -> "~";
      case REMOVED -> "−";
      case KEPT -> "=";
      case WRITTEN_LATER -> "»";
    };
  }

  private static @Nullable String text(@Nullable String json) {
    return json == null ? null : JsonText.value(json);
  }
}
