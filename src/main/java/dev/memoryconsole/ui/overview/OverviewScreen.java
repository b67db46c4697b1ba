package dev.memoryconsole.ui.overview;

import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.util.function.Consumer;

/** Puts the overview together. */
public final class OverviewScreen {
  private OverviewScreen() {}

  /**
   * Adds it to the window.
   *
   * @param showMatching goes to the memories that a text finds
   * @param showMemory goes to a memory's details
   */
  public static void register(
      Desk desk, Frame frame, Consumer<String> showMatching, Consumer<String> showMemory) {
    FacetCounts counts = new FacetCounts(desk.session(), desk.tasks(), desk.clock());
    LatestRuns runs = new LatestRuns(desk.session(), desk.tasks(), desk.messages(), desk.times());
    OverviewViewModel model = new OverviewViewModel(desk.session(), counts, runs, desk.messages());
    Later<OverviewController> view =
        new Views(desk.messages())
            .with(
                OverviewController.class,
                () ->
                    new OverviewController(
                        model, desk.messages(), desk.times(), showMatching, showMemory))
            .later(OverviewController.class, "Overview.fxml");
    Screen screen =
        new Screen(
            "overview",
            "place.overview",
            "fth-pie-chart",
            true,
            view,
            () -> view.controller().focus());
    frame.add(screen);
    frame.current().addListener((value, before, now) -> counts.show(screen.equals(now)));
  }
}
