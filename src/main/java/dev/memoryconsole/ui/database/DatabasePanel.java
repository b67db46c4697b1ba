package dev.memoryconsole.ui.database;

import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.task.ErrorPresenter;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import java.util.function.Consumer;

/** Puts together what asks for a table on a server. */
public final class DatabasePanel {
  private final DatabaseViewModel model;
  private final ErrorPresenter errors;

  private DatabasePanel(DatabaseViewModel model, ErrorPresenter errors) {
    this.model = model;
    this.errors = errors;
  }

  /**
   * Adds it to the window.
   *
   * @param open opens a store
   * @param make makes a store and opens it
   */
  public static DatabasePanel register(
      Desk desk, Frame frame, Consumer<StoreLocation> open, Consumer<StoreLocation> make) {
    Messages messages = desk.messages();
    DatabaseViewModel model =
        new DatabaseViewModel(desk.services().databases(), desk.tasks(), messages, open, make);
    frame.addQuestion(
        new Views(messages)
            .with(DatabaseController.class, () -> new DatabaseController(model, messages))
            .later(DatabaseController.class, "Database.fxml"));
    frame.addOpening(new Frame.MenuEntry("databaseItem", "shell.openDatabase", model::show));
    return new DatabasePanel(model, desk.notices());
  }

  /**
   * Asks again for a server's store that could not be opened; of another it is only said why.
   *
   * @param why what went wrong
   */
  public void askAgain(StoreLocation store, Throwable why) {
    if (!model.showAgain(store, why)) {
      errors.present(why);
    }
  }
}
