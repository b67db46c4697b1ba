package dev.memoryconsole.ui;

import dev.memoryconsole.ui.common.AppIcon;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Lane;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.EntriesScreen;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.lab.LabPanel;
import dev.memoryconsole.ui.live.LiveLine;
import dev.memoryconsole.ui.locks.LocksScreen;
import dev.memoryconsole.ui.overview.OverviewScreen;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import dev.memoryconsole.ui.runs.RunsScreen;
import dev.memoryconsole.ui.settings.SettingsScreen;
import dev.memoryconsole.ui.shell.ShellWindow;
import dev.memoryconsole.ui.snapshots.SnapshotsPanel;
import dev.memoryconsole.upgrade.Upgrades;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window: a line for each screen, which puts itself together. */
public final class MainWindow {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final double MIN_WIDTH = 900;
  private static final double MIN_HEIGHT = 600;

  private final UiContext context;
  private final Desk desk;
  private final Frame frame;
  private final ThemeSwitcher themes;
  private final ShellWindow shell;
  private final SettingsScreen settings;
  private final ShellWindow.Loaded content;

  /** Builds everything but shows nothing. User interface's thread. */
  public MainWindow(UiContext context, Messages messages, FilePicker files) {
    this.context = context;
    desk =
        Desk.of(
            context.services(),
            context.background(),
            context.options(),
            files,
            context.clock(),
            messages);
    frame = new Frame(desk.session());
    shell = new ShellWindow(desk);
    themes =
        new ThemeSwitcher(
            context.theme(), theme -> desk.tasks().run(() -> context.saveTheme().accept(theme)));
    // In the order of the rail, and of the numbers of their keys.
    PreviewViewModel preview =
        new PreviewViewModel(desk.session(), desk.tasks(), desk.gate(), desk.options(), messages);
    EntriesScreen entries = EntriesScreen.register(desk, frame, preview);
    LiveLine.register(desk, frame, entries::shown);
    RunsScreen runs = RunsScreen.register(desk, frame);
    OverviewScreen.register(desk, frame);
    SnapshotsPanel.register(desk, frame);
    LabPanel lab = LabPanel.register(desk, frame);
    LocksScreen.register(desk, frame, lab::open, runs::showBatch);
    settings = SettingsScreen.register(desk, frame, shell::open);
    shell.commands().exporting(entries::query);
    entries.onExport(shell.commands()::export);
    content = shell.load(frame, themes, settings, preview, entries::showMemory);
  }

  /** Shows the window. */
  public void show(Stage stage) {
    Scene scene = new Scene(content.root(), WIDTH, HEIGHT);
    themes.install(scene);
    stage.setTitle(desk.messages().get("app.title"));
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
    content.focusFirst().run();
    settings.openClaw().load();
    if (context.open() != null) {
      shell.open(context.open());
    }
  }

  /** The open store and what is in it. */
  public Session session() {
    return desk.session();
  }

  private void close() {
    desk.monitor().dismiss();
    frame.close();
    desk.tasks().stop();
    Upgrades open = desk.session().open();
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
