package dev.memoryconsole.ui;

import dev.memoryconsole.ui.common.AppIcon;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Lane;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.RestoreText;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.entries.ActionBarController;
import dev.memoryconsole.ui.entries.DetailsController;
import dev.memoryconsole.ui.entries.DetailsViewModel;
import dev.memoryconsole.ui.entries.EntriesController;
import dev.memoryconsole.ui.entries.EntriesViewModel;
import dev.memoryconsole.ui.entries.NothingController;
import dev.memoryconsole.ui.entries.UpgradeActions;
import dev.memoryconsole.ui.lab.LabController;
import dev.memoryconsole.ui.lab.LabViewModel;
import dev.memoryconsole.ui.locks.LockBannerController;
import dev.memoryconsole.ui.locks.LockBreaking;
import dev.memoryconsole.ui.locks.LockExports;
import dev.memoryconsole.ui.locks.LockFiguresController;
import dev.memoryconsole.ui.locks.LockShapesController;
import dev.memoryconsole.ui.locks.LockTimelineController;
import dev.memoryconsole.ui.locks.LocksController;
import dev.memoryconsole.ui.locks.LocksViewModel;
import dev.memoryconsole.ui.overview.OverviewController;
import dev.memoryconsole.ui.overview.OverviewViewModel;
import dev.memoryconsole.ui.runs.CommittedBatch;
import dev.memoryconsole.ui.runs.ResumeOffer;
import dev.memoryconsole.ui.runs.ResumeOfferController;
import dev.memoryconsole.ui.runs.RunHeadController;
import dev.memoryconsole.ui.runs.RunsController;
import dev.memoryconsole.ui.runs.RunsViewModel;
import dev.memoryconsole.ui.runs.VerifyOffer;
import dev.memoryconsole.ui.runs.VerifyOfferController;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.ui.settings.LockRulesController;
import dev.memoryconsole.ui.settings.LockRulesViewModel;
import dev.memoryconsole.ui.settings.ModelTrial;
import dev.memoryconsole.ui.settings.OpenClawController;
import dev.memoryconsole.ui.settings.OpenClawViewModel;
import dev.memoryconsole.ui.settings.PricesController;
import dev.memoryconsole.ui.settings.PricesViewModel;
import dev.memoryconsole.ui.settings.SettingsController;
import dev.memoryconsole.ui.settings.SettingsViewModel;
import dev.memoryconsole.ui.shell.ImportQuestion;
import dev.memoryconsole.ui.shell.ImportQuestionController;
import dev.memoryconsole.ui.shell.Place;
import dev.memoryconsole.ui.shell.QuestionController;
import dev.memoryconsole.ui.shell.RunBarController;
import dev.memoryconsole.ui.shell.RunBarViewModel;
import dev.memoryconsole.ui.shell.SendQuestionController;
import dev.memoryconsole.ui.shell.SendQuestionViewModel;
import dev.memoryconsole.ui.shell.ShellController;
import dev.memoryconsole.ui.shell.ShellViewModel;
import dev.memoryconsole.ui.shell.StoreCommands;
import dev.memoryconsole.ui.shell.TopBarWork;
import dev.memoryconsole.ui.shell.WelcomeController;
import dev.memoryconsole.ui.snapshots.SnapshotsController;
import dev.memoryconsole.ui.snapshots.SnapshotsViewModel;
import dev.memoryconsole.upgrade.Upgrades;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Builds the window by hand: every view model, every controller, once. */
public final class MainWindow {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final double MIN_WIDTH = 900;
  private static final double MIN_HEIGHT = 600;

  private final UiContext context;
  private final Messages messages;
  private final Notices notices;
  private final Tasks tasks;
  private final Session session;
  private final ThemeSwitcher themes;
  private final RunMonitor monitor;
  private final TopBarWork work;
  private final StoreCommands commands;
  private final SnapshotsViewModel snapshots;
  private final RunGate gate;
  private final ModelTrial trial;
  private final OpenClawViewModel openClaw;
  private final LocksViewModel locks;
  private final LabViewModel lab;
  private final ShellViewModel shell;
  private final Parent root;
  private final ShellController frame;

  /** Builds everything but shows nothing. User interface's thread. */
  public MainWindow(UiContext context, Messages messages, FilePicker files) {
    this.context = context;
    this.messages = messages;
    notices = new Notices(messages);
    tasks = new Tasks(context.background(), notices);
    session = new Session(tasks);
    themes =
        new ThemeSwitcher(
            context.theme(), theme -> tasks.run(() -> context.saveTheme().accept(theme)));
    Times times = new Times(context.clock(), messages);
    Confirmations confirmations = new Confirmations();
    monitor = new RunMonitor(session, tasks, notices, context.options());
    ModelServices models = context.services().models();
    gate = new RunGate(models, session, monitor, confirmations, notices, tasks, messages);
    RunActions past = new RunActions(session, monitor, gate, confirmations, messages);
    work = new TopBarWork(tasks, notices);
    ImportQuestion imports = new ImportQuestion(context.services(), tasks, messages);
    commands =
        new StoreCommands(
            context.services(),
            session,
            monitor,
            tasks,
            work,
            files,
            notices,
            confirmations,
            imports,
            messages);
    EntriesViewModel entries = new EntriesViewModel(session, tasks);
    commands.exporting(entries::query);
    DetailsViewModel details =
        new DetailsViewModel(session, tasks, gate, context.options(), messages, entries);
    UpgradeActions actions =
        new UpgradeActions(entries, monitor, gate, context.options(), messages);
    RunBarViewModel runBar = new RunBarViewModel(monitor, messages, times);
    RunsViewModel runs = new RunsViewModel(session, monitor, tasks);
    snapshots =
        new SnapshotsViewModel(
            context.services(), session, monitor, tasks, notices, confirmations, messages, times);
    locks = new LocksViewModel(session, tasks, context.clock());
    LockBreaking breaking = new LockBreaking(session, tasks, confirmations, notices, messages);
    LockExports exports = new LockExports(locks, session, tasks, files, notices, messages);
    VerifyOffer verify =
        new VerifyOffer(session, monitor, tasks, notices, messages, context.options());
    lab = new LabViewModel(context.services(), session, tasks, notices, messages, times);
    ResumeOffer offer =
        new ResumeOffer(runs, monitor, past, messages, new RestoreText(messages, times));
    trial = new ModelTrial(models, tasks, messages);
    PricesViewModel prices = new PricesViewModel(messages);
    LockRulesViewModel lockRules = new LockRulesViewModel(messages);
    SettingsViewModel settings =
        new SettingsViewModel(
            context.services(), session, tasks, notices, messages, prices, lockRules, trial);
    openClaw = new OpenClawViewModel(models, tasks, messages, settings, commands::open);
    OverviewViewModel overview = new OverviewViewModel(session, tasks, messages, times);
    shell = new ShellViewModel(session, monitor, confirmations, messages);
    Views.Loaded<ShellController> loaded =
        new Views(messages)
            .with(
                ShellController.class,
                () ->
                    new ShellController(
                        shell, commands, work, snapshots, lab, notices, themes, messages))
            .with(LabController.class, () -> new LabController(lab, messages))
            .with(SnapshotsController.class, () -> new SnapshotsController(snapshots, messages))
            .with(OverviewController.class, () -> new OverviewController(overview))
            .with(SettingsController.class, () -> new SettingsController(settings, files, messages))
            .with(PricesController.class, () -> new PricesController(prices, messages))
            .with(LockRulesController.class, () -> new LockRulesController(lockRules))
            .with(OpenClawController.class, () -> new OpenClawController(openClaw))
            .with(
                SendQuestionController.class,
                () -> new SendQuestionController(new SendQuestionViewModel(messages), gate))
            .with(
                ImportQuestionController.class,
                () -> new ImportQuestionController(imports, messages))
            .with(QuestionController.class, () -> new QuestionController(confirmations))
            .with(WelcomeController.class, () -> new WelcomeController(commands))
            .with(RunBarController.class, () -> new RunBarController(runBar, past, messages))
            .with(EntriesController.class, () -> new EntriesController(entries, messages, times))
            .with(
                ActionBarController.class,
                () -> new ActionBarController(entries, actions, messages))
            .with(NothingController.class, () -> new NothingController(entries, messages))
            .with(
                DetailsController.class,
                () -> new DetailsController(details, past, messages, times))
            .with(VerifyOfferController.class, () -> new VerifyOfferController(verify))
            .with(ResumeOfferController.class, () -> new ResumeOfferController(offer))
            .with(
                RunHeadController.class,
                () -> new RunHeadController(runs, past, verify, messages, times))
            .with(RunsController.class, () -> new RunsController(runs, messages, times))
            .with(
                LocksController.class,
                () -> new LocksController(locks, exports, lab::open, monitor, messages, times))
            .with(
                LockBannerController.class,
                () -> new LockBannerController(locks, breaking, messages, times))
            .with(
                LockFiguresController.class,
                () -> new LockFiguresController(locks, messages, times))
            .with(
                LockShapesController.class, () -> new LockShapesController(locks, messages, times))
            .with(
                LockTimelineController.class,
                () ->
                    new LockTimelineController(
                        locks,
                        messages,
                        times,
                        context.clock(),
                        (run, batch, acquired, released, next, rows) -> {
                          runs.showBatch(
                              run, new CommittedBatch(batch, acquired, released, next, rows));
                          shell.go(Place.RUNS);
                        }))
            .load(ShellController.class, "Shell.fxml");
    root = loaded.root();
    frame = loaded.controller();
  }

  /** Shows the window. */
  public void show(Stage stage) {
    Scene scene = new Scene(root, WIDTH, HEIGHT);
    themes.install(scene);
    stage.setTitle(messages.get("app.title"));
    stage.setMinWidth(MIN_WIDTH);
    stage.setMinHeight(MIN_HEIGHT);
    stage.getIcons().add(AppIcon.image());
    stage.setScene(scene);
    stage.setOnCloseRequest(
        event -> {
          if (!shell.mayClose(stage::hide)) {
            event.consume();
          }
        });
    stage.setOnHidden(event -> close());
    stage.show();
    frame.focusFirst();
    openClaw.load();
    if (context.open() != null) {
      commands.open(context.open());
    }
  }

  /** The open store and what is in it. */
  public Session session() {
    return session;
  }

  private void close() {
    monitor.dismiss();
    locks.shown(false);
    tasks.stop();
    Upgrades open = session.open();
    context
        .background()
        .execute(
            Lane.ACTIONS,
            () -> {
              try {
                if (open != null) {
                  Session.closeWithStore(open);
                }
              } finally {
                context.closed().run();
              }
            });
  }
}
