package dev.memoryconsole.ui.diff;

import dev.memoryconsole.diff.KeyDiff;
import dev.memoryconsole.diff.WordDiff;
import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.JsonText;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Moments;
import dev.memoryconsole.ui.common.text.Times;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * One key: its name, whose its value is, and the values that it has had, each with its own line.
 */
final class KeyBlock extends VBox {
  private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

  private final KeyDiff key;

  /**
   * Shows a key.
   *
   * @param enriched whether what the run wrote came of an enrichment
   */
  KeyBlock(KeyDiff key, boolean enriched, Messages messages, Times times) {
    this.key = key;
    String style = style(key.kind());
    getStyleClass().addAll("diff-block", style);
    Label name = wrapping(key.column() ? messages.get("diff.column", key.key()) : key.key());
    name.getStyleClass().addAll("mono", "diff-key");
    HBox.setHgrow(name, Priority.ALWAYS);
    Label whose = new Label(sign(key.kind()) + " " + messages.get(word(key.kind())));
    whose.getStyleClass().addAll("diff-word", style);
    whose.setMinWidth(Region.USE_PREF_SIZE);
    whose.setTooltip(Tips.of(messages.get(word(key.kind()) + ".tip")));
    HBox head = new HBox(name, whose);
    head.getStyleClass().add("diff-line");
    getChildren().add(head);
    List<KeyDiff.Step> steps = key.steps();
    for (int i = 0; i < steps.size(); i++) {
      getChildren().add(line(steps, i, enriched, messages, times));
    }
  }

  KeyDiff key() {
    return key;
  }

  /** Marks it as the change that somebody has gone to. */
  void current(boolean on) {
    pseudoClassStateChanged(CURRENT, on);
  }

  /** The message that says whose it is. */
  static String word(KeyDiff.Kind kind) {
    return "diff." + kind.name().toLowerCase(Locale.ROOT);
  }

  /** The message that names a part. */
  static String word(KeyDiff.Part part, boolean enriched) {
    return part == KeyDiff.Part.ENRICHMENT && !enriched
        ? "diff.part.run"
        : "diff.part." + part.name().toLowerCase(Locale.ROOT);
  }

  private static String style(KeyDiff.Kind kind) {
    return "diff-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String sign(KeyDiff.Kind kind) {
    return switch (kind) {
      case ADDED -> "+";
      case CHANGED -> "~";
      case REMOVED -> "−";
      case KEPT -> "=";
      case WRITTEN_MEANWHILE -> "«";
      case WRITTEN_OVER -> "≠";
      case WRITTEN_LATER -> "»";
    };
  }

  private Node line(
      List<KeyDiff.Step> steps, int at, boolean enriched, Messages messages, Times times) {
    KeyDiff.Step step = steps.get(at);
    boolean result = at == steps.size() - 1;
    String part = messages.get(word(step.part(), enriched));
    Label label =
        wrapping(
            !result
                ? part
                : steps.size() == 1 && step.part() == KeyDiff.Part.BEFORE
                    ? messages.get("diff.part.unchanged")
                    : messages.get("diff.result", part));
    label.getStyleClass().add("diff-part");
    label.setMaxWidth(Region.USE_PREF_SIZE);
    if (result) {
      label.getStyleClass().add("diff-of-result");
    }
    Node value = value(steps, at, times);
    HBox.setHgrow(value, Priority.ALWAYS);
    HBox line = new HBox(label, value);
    line.getStyleClass().add("diff-line");
    line.setFillHeight(false);
    return line;
  }

  private MarkedText value(List<KeyDiff.Step> steps, int at, Times times) {
    String text = text(steps.get(at), times);
    if (text == null) {
      return new MarkedText("–", List.of(), "diff-mark-added");
    }
    String last = at == 0 ? null : text(steps.get(at - 1), times);
    if (last != null) {
      return new MarkedText(text, WordDiff.between(last, text).added(), "diff-mark-added");
    }
    String next = at > 0 || steps.size() == 1 ? null : text(steps.get(1), times);
    return next == null
        ? new MarkedText(text, List.of(), "diff-mark-added")
        : new MarkedText(text, WordDiff.between(text, next).removed(), "diff-mark-removed");
  }

  private @Nullable String text(KeyDiff.Step step, Times times) {
    String json = step.value();
    if (json == null) {
      return null;
    }
    // To the second: of two writes both may have been a minute ago.
    Long time = Moments.of(key.key(), json);
    return time == null ? JsonText.value(json) : times.exact(time);
  }

  private static Label wrapping(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }
}
