package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import dev.memoryconsole.ui.mend.MendPanel;
import java.util.List;
import java.util.function.Consumer;

/** Puts the check-up together. */
public final class CheckupScreen {
  private CheckupScreen() {}

  /**
   * Adds it to the window.
   *
   * @param open goes to a memory's details
   */
  public static void register(Desk desk, Frame frame, MendPanel mends, Consumer<String> open) {
    Messages messages = desk.messages();
    CheckupViewModel model =
        new CheckupViewModel(
            desk.session(), desk.tasks(), desk.clock(), desk.notices(), mends::open);
    GroupViewModel group = new GroupViewModel(desk.session(), desk.tasks(), mends::open);
    Later<CheckupController> view =
        new Views(messages)
            .with(
                CheckupController.class,
                () -> new CheckupController(model, group, open, messages, desk.times()))
            .with(
                GroupController.class,
                () -> new GroupController(group, open, messages, desk.times()))
            .later(CheckupController.class, "Checkup.fxml");
    Screen screen =
        new Screen(
            "checkup",
            "place.checkup",
            "fth-check-square",
            true,
            view,
            () -> view.controller().focus());
    frame.add(screen);
    frame.keep(CheckupViewModel.Kept.class, model::kept, model::restore);
    frame.addCommands(
        () ->
            List.of(
                new Command(
                    Command.Kind.ACTION,
                    messages.get("checkup.command"),
                    null,
                    () -> desk.session().open() != null,
                    () -> {
                      frame.go(screen);
                      model.check();
                    })));
  }
}
