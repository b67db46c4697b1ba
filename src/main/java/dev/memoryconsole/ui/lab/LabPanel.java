package dev.memoryconsole.ui.lab;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;

/** Puts the contention lab together. */
public final class LabPanel {
  private final LabViewModel model;

  private LabPanel(LabViewModel model) {
    this.model = model;
  }

  /** Adds it to the window. */
  public static LabPanel register(Desk desk, Frame frame) {
    LabViewModel model =
        new LabViewModel(
            desk.services(),
            desk.session(),
            desk.tasks(),
            desk.notices(),
            desk.messages(),
            desk.times());
    frame.addPanel(
        new Views(desk.messages())
            .with(LabController.class, () -> new LabController(model, desk.messages()))
            .later(LabController.class, "Lab.fxml"),
        new Frame.MenuEntry("labItem", "shell.lab", model::open));
    return new LabPanel(model);
  }

  /** Shows it. */
  public void open() {
    model.open();
  }
}
