package dev.memoryconsole.ui.settings;

import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.util.List;
import java.util.function.Consumer;

/** Puts the settings together. */
public final class SettingsScreen {
  private final Frame frame;
  private final Screen screen;
  private final OpenClawViewModel openClaw;

  private SettingsScreen(Frame frame, Screen screen, OpenClawViewModel openClaw) {
    this.frame = frame;
    this.screen = screen;
    this.openClaw = openClaw;
  }

  /**
   * Adds it to the window.
   *
   * @param themes how the window looks
   * @param openStore opens a store
   */
  public static SettingsScreen register(
      Desk desk, Frame frame, ThemeSwitcher themes, Consumer<StoreLocation> openStore) {
    Messages messages = desk.messages();
    ModelTrial trial = new ModelTrial(desk.services().models(), desk.tasks(), messages);
    PricesViewModel prices = new PricesViewModel(messages);
    LockRulesViewModel lockRules = new LockRulesViewModel(messages);
    SettingsViewModel model =
        new SettingsViewModel(
            desk.services(),
            desk.session(),
            desk.tasks(),
            desk.notices(),
            messages,
            prices,
            lockRules,
            trial);
    OpenClawViewModel openClaw =
        new OpenClawViewModel(desk.services().models(), desk.tasks(), messages, model, openStore);
    Later<SettingsController> view =
        new Views(messages)
            .with(
                SettingsController.class,
                () -> new SettingsController(model, desk.files(), messages))
            .with(AppearanceController.class, () -> new AppearanceController(themes, messages))
            .with(PricesController.class, () -> new PricesController(prices, messages))
            .with(LockRulesController.class, () -> new LockRulesController(lockRules))
            .with(OpenClawController.class, () -> new OpenClawController(openClaw))
            .later(SettingsController.class, "Settings.fxml");
    Screen screen = new Screen("settings", "place.settings", "fth-settings", false, view, () -> {});
    frame.add(screen);
    frame.addCommands(() -> sections(frame, screen, view, messages));
    frame.keep(SettingsViewModel.Kept.class, model::kept, model::restore);
    return new SettingsScreen(frame, screen, openClaw);
  }

  /** A command for each part of the page, none before it is built: they have no keys. */
  private static List<Command> sections(
      Frame frame, Screen screen, Later<SettingsController> view, Messages messages) {
    if (!view.isBuilt()) {
      return List.of();
    }
    return view.controller().sections().stream()
        .map(
            title ->
                new Command(
                    Command.Kind.SETTING,
                    messages.get("settings.section", title.getText()),
                    () -> {
                      frame.go(screen);
                      view.controller().reveal(title);
                    }))
        .toList();
  }

  /** What OpenClaw's configuration offers; the welcome screen offers it too. */
  public OpenClawViewModel openClaw() {
    return openClaw;
  }

  /** Goes there. */
  public void show() {
    frame.go(screen);
  }
}
