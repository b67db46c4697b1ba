package dev.memoryconsole.ui;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Language;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.AppIcon;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Lane;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The window. Its content is built anew in another language or size of text, around the store and
 * the run that go on meanwhile. User interface's thread only.
 */
public final class MainWindow {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final double MIN_WIDTH = 900;
  private static final double MIN_HEIGHT = 560;

  private final UiContext context;
  private final FilePicker files;
  private final Stage stage;
  private WindowContent content;

  /** Builds everything but shows nothing. */
  public MainWindow(UiContext context, FilePicker files, Stage stage) {
    this.context = context;
    this.files = files;
    this.stage = stage;
    this.content = build(context.appearance());
  }

  private WindowContent build(Appearance appearance) {
    Locale locale = Language.locale(appearance.language(), context.system(), context.formats());
    Messages messages = Messages.of(locale);
    return new WindowContent(
        context, appearance, messages, files.in(messages), this::appearanceChanged);
  }

  /** Shows it. */
  public void show() {
    stage.setScene(new Scene(content.root(), WIDTH, HEIGHT));
    stage.setMinWidth(MIN_WIDTH);
    stage.setMinHeight(MIN_HEIGHT);
    stage.getIcons().addAll(AppIcon.images());
    stage.setOnCloseRequest(
        event -> {
          if (!content.mayClose(stage::hide)) {
            event.consume();
          }
        });
    stage.setOnHidden(event -> close());
    dress();
    new PlaceKeeper(
            stage,
            context.place(),
            place ->
                context.background().execute(Lane.ACTIONS, () -> context.savePlace().accept(place)))
        .keep();
    stage.show();
    FirstFrame.await(context.background(), this::begin);
  }

  private void begin() {
    if (stage.isShowing()) {
      content.begin(context.open());
      content.buildRest(
          () -> context.requests().accept(store -> Platform.runLater(() -> comeForward(store))));
    }
  }

  private void comeForward(Optional<StoreLocation> store) {
    if (stage.isShowing()) {
      stage.setIconified(false);
      stage.toFront();
      stage.requestFocus();
      store.ifPresent(content::open);
    }
  }

  private void dress() {
    content.follow(stage);
    content.dress(stage.getScene());
  }

  /** The open store and what is in it. */
  public Session session() {
    return content.session();
  }

  private void appearanceChanged(Appearance before, Appearance now) {
    if (before.language() != now.language() || before.textSize() != now.textSize()) {
      content.whenIdle(this::rebuild);
    }
  }

  private void rebuild() {
    WindowContent before = content;
    WindowContent.Kept kept = before.leave();
    content = build(before.appearance());
    content.buildAll();
    stage.getScene().setRoot(content.root());
    dress();
    content.goOn(kept);
  }

  private void close() {
    @Nullable Upgrades open = content.close();
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
