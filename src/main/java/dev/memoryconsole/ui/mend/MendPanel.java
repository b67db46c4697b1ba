package dev.memoryconsole.ui.mend;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;

/** Puts the preview of mends together. */
public final class MendPanel {
  private final MendViewModel model;

  private MendPanel(MendViewModel model) {
    this.model = model;
  }

  /** Adds it to the window. */
  public static MendPanel register(Desk desk, Frame frame) {
    MendViewModel model =
        new MendViewModel(desk.session(), desk.tasks(), desk.monitor(), desk.notices());
    frame.addLayer(
        new Views(desk.messages())
            .with(
                MendController.class,
                () -> new MendController(model, desk.messages(), desk.times()))
            .later(MendController.class, "Mend.fxml"));
    return new MendPanel(model);
  }

  /** Shows what a mend would do, before anything is written. */
  public void open(MendRequest request) {
    model.open(request);
  }
}
