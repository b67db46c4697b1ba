package dev.memoryconsole.ui.palette;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import java.util.List;
import javafx.scene.input.KeyCode;

/** Puts the palette together. */
public final class PalettePanel {
  private PalettePanel() {}

  /** Adds it to the window, whose commands it finds. */
  public static void register(Desk desk, Frame frame) {
    PaletteViewModel model = new PaletteViewModel(frame::commands);
    frame.addLayer(
        new Views(desk.messages())
            .with(PaletteController.class, () -> new PaletteController(model, desk.messages()))
            .later(PaletteController.class, "Palette.fxml"));
    frame.addCommands(
        () ->
            List.of(
                new Command(
                    Command.Kind.ACTION,
                    desk.messages().get("palette.open"),
                    Command.ctrl(KeyCode.K),
                    () -> true,
                    model::open)));
    frame.addHelp(new Frame.MenuEntry("paletteItem", "palette.open", model::open));
  }
}
