package dev.memoryconsole.ui.help;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Puts the help together. */
public final class HelpPanel {
  private HelpPanel() {}

  /** Adds it to the window. */
  public static void register(Desk desk, Frame frame) {
    Messages messages = desk.messages();
    HelpViewModel model =
        new HelpViewModel(
            desk.services(),
            desk.session(),
            desk.tasks(),
            desk.notices(),
            messages,
            frame::commands,
            () -> {
              Screen screen = frame.current().get();
              return screen == null ? null : screen.id();
            });
    frame.addLayer(
        new Views(messages)
            .with(HelpController.class, () -> new HelpController(model, messages))
            .later(HelpController.class, "Help.fxml"));
    Runnable copy = () -> model.copyDiagnostics(HelpPanel::toClipboard);
    frame.addHelp(new Frame.MenuEntry("guideItem", "help.guide", model::showGuide));
    frame.addHelp(new Frame.MenuEntry("keysItem", "help.keys", model::showKeys));
    frame.addHelp(new Frame.MenuEntry("diagnosticsItem", "help.diagnostics", copy));
    frame.addCommands(
        () ->
            List.of(
                new Command(
                    Command.Kind.ACTION,
                    messages.get("help.guide"),
                    new KeyCodeCombination(KeyCode.F1),
                    () -> true,
                    model::showGuide),
                new Command(
                    Command.Kind.ACTION,
                    messages.get("help.keys"),
                    new KeyCodeCombination(KeyCode.F1, KeyCombination.SHIFT_DOWN),
                    () -> true,
                    model::showKeys),
                new Command(Command.Kind.ACTION, messages.get("help.diagnostics"), copy)));
  }

  private static void toClipboard(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
