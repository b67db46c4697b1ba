package dev.memoryconsole.ui;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.about.AboutPanel;
import dev.memoryconsole.ui.checkup.CheckupScreen;
import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices.Notice;
import dev.memoryconsole.ui.common.session.OpenStore;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.database.DatabasePanel;
import dev.memoryconsole.ui.entries.EntriesScreen;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import dev.memoryconsole.ui.help.HelpPanel;
import dev.memoryconsole.ui.lab.LabPanel;
import dev.memoryconsole.ui.live.LiveLine;
import dev.memoryconsole.ui.locks.LocksScreen;
import dev.memoryconsole.ui.mend.MendPanel;
import dev.memoryconsole.ui.overview.OverviewScreen;
import dev.memoryconsole.ui.palette.PalettePanel;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import dev.memoryconsole.ui.runs.RunsScreen;
import dev.memoryconsole.ui.settings.SettingsScreen;
import dev.memoryconsole.ui.shell.ShellWindow;
import dev.memoryconsole.ui.snapshots.SnapshotsPanel;
import dev.memoryconsole.upgrade.RunHandle;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * All that is in the window, in one language and one size of text: a line for each screen, which
 * puts itself together. User interface's thread only.
 */
final class WindowContent {
  /**
   * What goes on when the content is built anew.
   *
   * @param open the open store; null if there is none
   * @param run the run on screen, at work or over; null if there is none
   * @param screen the id of the screen that is shown; null if there is none
   * @param focus the id of what has the focus; null if it has none
   * @param chosen what was chosen on the screens
   */
  record Kept(
      @Nullable OpenStore open,
      @Nullable RunHandle run,
      @Nullable String screen,
      @Nullable String focus,
      Map<Class<?>, Object> chosen,
      List<Notice> notices) {}

  private final Desk desk;
  private final Frame frame;
  private final ThemeSwitcher themes;
  private final ShellWindow shell;
  private final SettingsScreen settings;
  private final ShellWindow.Loaded loaded;

  /**
   * Builds everything.
   *
   * @param changed told what was chosen before and what is now
   */
  WindowContent(
      UiContext context,
      Appearance appearance,
      Messages messages,
      FilePicker files,
      BiConsumer<Appearance, Appearance> changed) {
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
            appearance,
            Platform.getPreferences().colorSchemeProperty(),
            chosen -> desk.tasks().run(() -> context.saveAppearance().accept(chosen)));
    themes.chosen().addListener((value, before, now) -> changed.accept(before, now));
    // In the order of the rail, and of the numbers of their keys.
    PreviewViewModel preview =
        new PreviewViewModel(desk.session(), desk.tasks(), desk.gate(), desk.options(), messages);
    MendPanel mends = MendPanel.register(desk, frame);
    EntriesScreen entries = EntriesScreen.register(desk, frame, preview, mends);
    LiveLine.register(desk, frame, entries::shown, entries::keepUp);
    RunsScreen runs = RunsScreen.register(desk, frame, entries::showMemory);
    OverviewScreen.register(desk, frame, entries::showMatching, entries::showMemory);
    SnapshotsPanel.register(desk, frame);
    LabPanel lab = LabPanel.register(desk, frame);
    LocksScreen.register(desk, frame, lab::open, runs::showBatch);
    CheckupScreen.register(desk, frame, mends, entries::showMemory);
    settings = SettingsScreen.register(desk, frame, themes, shell::open);
    DatabasePanel databases =
        DatabasePanel.register(desk, frame, shell::open, shell.commands()::create);
    shell.commands().onFailure(databases::askAgain);
    HelpPanel.register(desk, frame);
    AboutPanel.register(desk, frame);
    PalettePanel.register(desk, frame);
    shell.commands().exporting(entries::query);
    entries.onExport(shell.commands()::export);
    loaded = shell.load(frame, themes, settings, preview, entries::showMemory);
  }

  Parent root() {
    return loaded.root();
  }

  /** Tells of its runs in this window's title, and elsewhere if it is in the background. */
  void follow(Stage stage) {
    loaded.news().onTitle(stage::setTitle);
    loaded.news().inFront().bind(stage.focusedProperty());
  }

  Session session() {
    return desk.session();
  }

  /** How it looks, or will look once it is built anew. */
  Appearance appearance() {
    return themes.chosen().get();
  }

  /** Gives the scene, whose root it is, its colours and sizes. */
  void dress(Scene scene) {
    themes.install(scene);
    frame.views().stream()
        .filter(view -> !view.isBuilt())
        .forEach(view -> view.whenBuilt(themes::magnify));
  }

  /** Begins the work of a window that has just been shown. */
  void begin(@Nullable StoreLocation store) {
    loaded.focusFirst().run();
    settings.openClaw().load();
    if (store != null) {
      shell.open(store);
    }
  }

  /**
   * Builds what is not on screen yet, one view after the other, so that the window stays at hand.
   *
   * @param ready told when all is built
   */
  void buildRest(Runnable ready) {
    Iterator<Later<?>> rest = frame.views().iterator();
    new Runnable() {
      @Override
      public void run() {
        if (rest.hasNext()) {
          rest.next().build();
          Platform.runLater(this);
        } else {
          ready.run();
        }
      }
    }.run();
  }

  /** Builds all at once. */
  void buildAll() {
    frame.views().forEach(Later::build);
  }

  /** Opens a store that is not open yet, once nothing is asked. */
  void open(StoreLocation store) {
    if (isAsking()) {
      afterAnswer(() -> open(store));
    } else {
      shell.openAnother(store);
    }
  }

  boolean mayClose(Runnable close) {
    return shell.mayClose(close);
  }

  /** Does this once nothing is asked, and nothing under way that would be lost. */
  void whenIdle(Runnable action) {
    desk.tasks()
        .whenQuiet(
            () -> {
              if (isAsking()) {
                afterAnswer(() -> whenIdle(action));
              } else {
                action.run();
              }
            });
  }

  private List<ReadOnlyObjectProperty<?>> questions() {
    return List.of(desk.confirmations().question(), desk.gate().question(), shell.importQuestion());
  }

  private boolean isAsking() {
    return questions().stream().anyMatch(question -> question.get() != null);
  }

  private void afterAnswer(Runnable action) {
    InvalidationListener[] listener = new InvalidationListener[1];
    listener[0] =
        value -> {
          if (!isAsking()) {
            questions().forEach(question -> question.removeListener(listener[0]));
            action.run();
          }
        };
    questions().forEach(question -> question.addListener(listener[0]));
  }

  /** Stops everything but the store and its run, which are somebody else's from now on. */
  Kept leave() {
    Screen screen = frame.current().get();
    Node focus = root().getScene().getFocusOwner();
    Upgrades open = session().open();
    Kept kept =
        new Kept(
            open == null ? null : new OpenStore(open, session().doubt().get()),
            desk.monitor().watched().orElse(null),
            screen == null ? null : screen.id(),
            focus == null ? null : focus.getId(),
            frame.kept(),
            desk.notices().shown().stream().filter(notice -> notice.offer() == null).toList());
    stop();
    return kept;
  }

  /** Goes on where the content before was left. */
  void goOn(Kept kept) {
    settings.openClaw().load();
    desk.notices().shown().setAll(kept.notices());
    if (kept.open() != null) {
      session().show(kept.open());
    }
    if (kept.run() != null) {
      desk.monitor().watch(kept.run());
    }
    frame.restore(kept.chosen());
    frame.screens().stream()
        .filter(screen -> screen.id().equals(kept.screen()))
        .findFirst()
        .ifPresent(frame::go);
    if (kept.focus() != null) {
      // What is in a scroll pane is found only once that has its skin.
      root().applyCss();
      root().lookupAll("#" + kept.focus()).stream()
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(Node::requestFocus);
    }
  }

  /**
   * Stops everything.
   *
   * @return the store that is to be closed; null if none is open
   */
  @Nullable Upgrades close() {
    stop();
    return session().open();
  }

  private void stop() {
    desk.monitor().dismiss();
    frame.close();
    themes.close();
    loaded.news().inFront().unbind();
    loaded.news().onTitle(title -> {});
    desk.tasks().stop();
  }
}
