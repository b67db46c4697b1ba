package dev.memoryconsole.ui.overview;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;

/** Puts the overview together. */
public final class OverviewScreen {
  private OverviewScreen() {}

  /** Adds it to the window. */
  public static void register(Desk desk, Frame frame) {
    OverviewViewModel model =
        new OverviewViewModel(desk.session(), desk.tasks(), desk.messages(), desk.times());
    frame.add(
        new Screen(
            "overview",
            "place.overview",
            "fth-pie-chart",
            true,
            new Views(desk.messages())
                .with(OverviewController.class, () -> new OverviewController(model))
                .load(OverviewController.class, "Overview.fxml")
                .root(),
            () -> {}));
  }
}
