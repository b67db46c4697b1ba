package dev.memoryconsole.ui.snapshots;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;

/** Puts the panel of snapshots together. */
public final class SnapshotsPanel {
  private SnapshotsPanel() {}

  /** Adds it to the window. */
  public static void register(Desk desk, Frame frame) {
    SnapshotsViewModel model =
        new SnapshotsViewModel(
            desk.services(),
            desk.session(),
            desk.monitor(),
            desk.tasks(),
            desk.notices(),
            desk.confirmations(),
            desk.messages(),
            desk.times());
    frame.addPanel(
        new Views(desk.messages())
            .with(SnapshotsController.class, () -> new SnapshotsController(model, desk.messages()))
            .later(SnapshotsController.class, "Snapshots.fxml"),
        new Frame.MenuEntry("snapshotsItem", "shell.snapshots", model::open));
  }
}
