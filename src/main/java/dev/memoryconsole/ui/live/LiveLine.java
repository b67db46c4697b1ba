package dev.memoryconsole.ui.live;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import java.util.List;
import java.util.function.Supplier;

/** Puts the line together that says what others wrote. */
public final class LiveLine {
  private LiveLine() {}

  /**
   * Adds it to the window.
   *
   * @param shown the memories that are on screen
   * @param keepUp makes sure that these are no older than what was read by now
   */
  public static void register(
      Desk desk, Frame frame, Supplier<List<MemoryEntry>> shown, Runnable keepUp) {
    LiveViewModel model =
        new LiveViewModel(desk.session(), desk.monitor(), desk.tasks(), shown, keepUp);
    Views views =
        new Views(desk.messages())
            .with(LiveController.class, () -> new LiveController(model, desk.messages()));
    frame.addOffer(views.later(LiveController.class, "LiveLine.fxml"));
  }
}
