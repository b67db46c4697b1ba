package dev.memoryconsole.ui.runs;

import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.RestoreText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.util.function.Consumer;

/** Puts the runs screen together, and what it offers above the screens. */
public final class RunsScreen {
  private final Frame frame;
  private final Screen screen;
  private final RunsViewModel model;

  private RunsScreen(Frame frame, Screen screen, RunsViewModel model) {
    this.frame = frame;
    this.screen = screen;
    this.model = model;
  }

  /**
   * Adds it to the window.
   *
   * @param showMemory shows a memory by its id
   */
  public static RunsScreen register(Desk desk, Frame frame, Consumer<String> showMemory) {
    Messages messages = desk.messages();
    Times times = desk.times();
    RunsViewModel model = new RunsViewModel(desk.session(), desk.monitor(), desk.tasks());
    VerifyOffer verify =
        new VerifyOffer(
            desk.session(), desk.monitor(), desk.tasks(), desk.notices(), messages, desk.options());
    ReportSaver reports =
        new ReportSaver(
            desk.session(), desk.tasks(), desk.files(), desk.notices(), desk.clock(), messages);
    ResumeOffer resume =
        new ResumeOffer(
            model,
            desk.session(),
            desk.tasks(),
            desk.monitor(),
            desk.actions(),
            messages,
            new RestoreText(messages, times));
    SharedRun shared =
        new SharedRun(
            model, desk.session(), desk.tasks(), desk.actions(), desk.confirmations(), messages);
    Views views =
        new Views(messages)
            .with(VerifyOfferController.class, () -> new VerifyOfferController(verify))
            .with(ResumeOfferController.class, () -> new ResumeOfferController(resume))
            .with(
                RunHeadController.class,
                () ->
                    new RunHeadController(
                        model,
                        desk.actions(),
                        verify,
                        new RetryCount(desk.session(), desk.tasks()),
                        new EraseOffer(
                            model,
                            desk.session(),
                            desk.services(),
                            desk.tasks(),
                            desk.confirmations(),
                            desk.notices(),
                            messages),
                        reports,
                        shared,
                        messages,
                        times))
            .with(SharedRunController.class, () -> new SharedRunController(shared, messages))
            .with(
                RunsController.class, () -> new RunsController(model, showMemory, messages, times));
    frame.addOffer(views.later(ResumeOfferController.class, "ResumeOffer.fxml"));
    frame.addOffer(views.later(VerifyOfferController.class, "VerifyOffer.fxml"));
    Screen screen =
        new Screen(
            "runs",
            "place.runs",
            "fth-activity",
            true,
            views.later(RunsController.class, "Runs.fxml"),
            () -> {});
    frame.add(screen);
    return new RunsScreen(frame, screen, model);
  }

  /** Goes there and shows a run's entries of one batch. */
  public void showBatch(long run, int batch, long acquired, long released, long next, int rows) {
    model.showBatch(run, new CommittedBatch(batch, acquired, released, next, rows));
    frame.go(screen);
  }
}
