package dev.memoryconsole.ui.about;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import java.util.List;

/** Puts together what is told about the program. */
public final class AboutPanel {
  private AboutPanel() {}

  /** Adds it to the window. */
  public static void register(Desk desk, Frame frame) {
    Messages messages = desk.messages();
    AboutViewModel model = new AboutViewModel(desk.tasks());
    frame.addLayer(
        new Views(messages)
            .with(AboutController.class, () -> new AboutController(model, messages))
            .later(AboutController.class, "About.fxml"));
    frame.addHelp(new Frame.MenuEntry("aboutItem", "about.title", model::show));
    frame.addCommands(
        () -> List.of(new Command(Command.Kind.ACTION, messages.get("about.title"), model::show)));
  }
}
