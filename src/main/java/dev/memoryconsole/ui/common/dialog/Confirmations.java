package dev.memoryconsole.ui.common.dialog;

import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The question that the window asks at the moment, if any. User interface's thread only. */
public final class Confirmations {
  /**
   * A question.
   *
   * @param title what is about to happen
   * @param text what it touches, with numbers
   * @param action the words on the button that does it
   * @param option the words beside a check box; null for none
   * @param number what has to be typed before it can be done; null for nothing
   * @param danger whether it can do harm
   * @param confirmed called with the state of the check box
   */
  public record Question(
      String title,
      String text,
      String action,
      @Nullable String option,
      @Nullable Integer number,
      boolean danger,
      Consumer<Boolean> confirmed) {}

  private final ObjectProperty<@Nullable Question> question = new SimpleObjectProperty<>();

  /** The question on screen; null if there is none. */
  public ObjectProperty<@Nullable Question> question() {
    return question;
  }

  /** Asks. */
  public void ask(String title, String text, String action, Runnable confirmed) {
    question.set(new Question(title, text, action, null, null, false, on -> confirmed.run()));
  }

  /** Asks before something that can do harm. */
  public void warn(String title, String text, String action, Runnable confirmed) {
    question.set(new Question(title, text, action, null, null, true, on -> confirmed.run()));
  }

  /** Asks before something that nothing takes back: how many it is about has to be typed. */
  public void warn(String title, String text, String action, int number, Runnable confirmed) {
    question.set(new Question(title, text, action, null, number, true, on -> confirmed.run()));
  }

  /** Asks with a check box. */
  public void ask(Question asked) {
    question.set(asked);
  }

  /** Answers yes. */
  public void confirm(boolean option) {
    Question asked = question.get();
    question.set(null);
    if (asked != null) {
      asked.confirmed().accept(option);
    }
  }

  /** Answers no. */
  public void dismiss() {
    question.set(null);
  }
}
