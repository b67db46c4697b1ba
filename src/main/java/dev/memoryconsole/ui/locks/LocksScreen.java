package dev.memoryconsole.ui.locks;

import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import dev.memoryconsole.ui.locks.waits.WaitsController;
import dev.memoryconsole.ui.locks.waits.WaitsViewModel;

/** Puts the locks screen together. */
public final class LocksScreen {
  private LocksScreen() {}

  /**
   * Adds it to the window.
   *
   * @param openLab opens the contention lab
   * @param opener goes to a run's batch
   */
  public static void register(Desk desk, Frame frame, Runnable openLab, BatchOpener opener) {
    Messages messages = desk.messages();
    Times times = desk.times();
    LocksViewModel model = new LocksViewModel(desk.session(), desk.tasks(), desk.clock());
    WaitsViewModel waits = new WaitsViewModel(desk.session(), desk.tasks());
    LockBreaking breaking =
        new LockBreaking(
            desk.session(), desk.tasks(), desk.confirmations(), desk.notices(), messages);
    LockExports exports =
        new LockExports(
            model, desk.session(), desk.tasks(), desk.files(), desk.notices(), messages);
    Later<LocksController> view =
        new Views(messages)
            .with(
                LocksController.class,
                () ->
                    new LocksController(
                        model, waits, exports, openLab, desk.monitor(), messages, times))
            .with(
                LockBannerController.class,
                () -> new LockBannerController(model, breaking, messages, times))
            .with(
                LockFiguresController.class,
                () -> new LockFiguresController(model, messages, times))
            .with(
                LockShapesController.class, () -> new LockShapesController(model, messages, times))
            .with(
                LockTimelineController.class,
                () ->
                    new LockTimelineController(model, waits, messages, times, desk.clock(), opener))
            .with(WaitsController.class, () -> new WaitsController(waits, messages, times))
            .later(LocksController.class, "Locks.fxml");
    frame.add(new Screen("locks", "place.locks", "fth-lock", true, view, () -> {}));
    frame.onClose(
        () -> {
          model.shown(false);
          waits.show(false, true);
        });
  }
}
