package dev.memoryconsole.ui.common.dialog;

import dev.memoryconsole.journal.RunInProgressException;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.UpgradeException;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The short sentences that the window shows above its content. User interface's thread only. */
public final class Notices implements ErrorPresenter {
  /** How a notice looks and how long it stays. */
  public enum Kind {
    /** Goes by itself. */
    SUCCESS,
    /** Stays until it is closed. */
    WARNING,
    /** Stays until it is closed. */
    ERROR
  }

  /**
   * What can be done about a notice.
   *
   * @param words on the button
   */
  public record Offer(String words, Runnable action) {}

  /**
   * One sentence.
   *
   * @param offer what can be done about it; null for nothing
   */
  public record Notice(Kind kind, String text, @Nullable Offer offer) {
    /** Offers nothing. */
    public Notice(Kind kind, String text) {
      this(kind, text, null);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int MOST = 3;

  private final Messages messages;
  private final ObservableList<Notice> shown = FXCollections.observableArrayList();

  private @Nullable Notice refusal;

  /** With the words of one language. */
  public Notices(Messages messages) {
    this.messages = messages;
  }

  /** What is on screen, oldest first. */
  public ObservableList<Notice> shown() {
    return shown;
  }

  /** Says that something went well. */
  public void success(String text) {
    add(new Notice(Kind.SUCCESS, text));
  }

  /** Says that something went well, and what can be done about it. */
  public void success(String text, Offer offer) {
    add(new Notice(Kind.SUCCESS, text, offer));
  }

  /** Takes all away: what was said of one store is not true of the next. */
  public void clear() {
    shown.clear();
    refusal = null;
  }

  /** Shows a warning in words of the reader's language. */
  public void warning(Message message) {
    warning(messages.words(message));
  }

  /** Says that something needs a look. */
  public void warning(String text) {
    add(new Notice(Kind.WARNING, text));
  }

  @Override
  public void present(Throwable error) {
    if (error instanceof UpgradeException || error instanceof RunInProgressException) {
      // Nothing went wrong: the admin asked for what can't be had now, and nothing was started.
      LOG.info("Refused: {}", error.getMessage());
      refusal = new Notice(Kind.WARNING, messages.sentence(error));
      add(refusal);
      return;
    }
    LOG.error("Shown to the admin as one sentence:", error);
    add(new Notice(Kind.ERROR, messages.sentence(error)));
  }

  /** What was refused last is done now, or something else is: there is no more need to say so. */
  public void forgetRefusal() {
    if (refusal != null) {
      shown.remove(refusal);
      refusal = null;
    }
  }

  private void add(Notice notice) {
    shown.remove(notice);
    if (shown.size() == MOST) {
      shown.removeFirst();
    }
    shown.add(notice);
  }
}
