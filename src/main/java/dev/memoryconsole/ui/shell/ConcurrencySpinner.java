package dev.memoryconsole.ui.shell;

import dev.memoryconsole.ui.common.Tips;
import dev.memoryconsole.ui.common.text.Messages;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.event.ActionEvent;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** How many entries are enriched at once: a spinner that reads {@code 8 at once}. */
final class ConcurrencySpinner extends StringConverter<Integer> {
  private static final int MOST = 1_000;
  private static final Pattern DIGITS = Pattern.compile("\\d{1,6}");

  private final Messages messages;
  private final IntegerSpinnerValueFactory values = new IntegerSpinnerValueFactory(1, MOST);

  private ConcurrencySpinner(Messages messages) {
    this.messages = messages;
  }

  /** Makes a spinner one. */
  static void install(Spinner<Integer> spinner, Messages messages) {
    ConcurrencySpinner converter = new ConcurrencySpinner(messages);
    converter.values.setConverter(converter);
    spinner.setValueFactory(converter.values);
    // The spinner itself leaves in the field what gave no new value.
    Runnable settle =
        () -> {
          spinner.commitValue();
          spinner.getEditor().setText(converter.toString(spinner.getValue()));
        };
    spinner.getEditor().addEventHandler(ActionEvent.ACTION, event -> settle.run());
    spinner
        .focusedProperty()
        .addListener(
            (value, before, now) -> {
              if (!now) {
                settle.run();
              }
            });
    String words = messages.get("run.concurrencyHint", MOST);
    spinner.setTooltip(Tips.of(words));
    spinner.setAccessibleText(words);
    spinner.getEditor().setAccessibleText(words);
  }

  @Override
  public String toString(@Nullable Integer value) {
    return value == null ? "" : messages.get("run.concurrency", Integer.toString(value));
  }

  /** The first number in it, within the range; what was there before if there is none. */
  @Override
  public Integer fromString(@Nullable String words) {
    Matcher digits = DIGITS.matcher(words == null ? "" : words);
    return digits.find()
        ? Math.clamp(Integer.parseInt(digits.group()), 1, MOST)
        : values.getValue();
  }
}
