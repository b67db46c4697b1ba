package dev.memoryconsole.ui.shell;

import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.frame.Command.Kind;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/** What can be done on every screen. User interface's thread only. */
final class ShellCommands {
  private final Frame frame;
  private final StoreCommands stores;
  private final ThemeSwitcher themes;
  private final Messages messages;
  private final BooleanSupplier storeOpen;

  private ShellCommands(Desk desk, Frame frame, StoreCommands stores, ThemeSwitcher themes) {
    this.frame = frame;
    this.stores = stores;
    this.themes = themes;
    this.messages = desk.messages();
    this.storeOpen = () -> desk.session().open() != null;
  }

  /** Adds them to the window. */
  static void register(Desk desk, Frame frame, StoreCommands stores, ThemeSwitcher themes) {
    ShellCommands all = new ShellCommands(desk, frame, stores, themes);
    frame.addCommands(all::screens);
    frame.addCommands(all::storeActions);
    frame.addCommands(all::recentStores);
    frame.addCommands(all::looks);
  }

  private List<Command> screens() {
    List<Command> found = new ArrayList<>();
    int digit = 1;
    for (Screen screen : frame.screens()) {
      found.add(
          new Command(
              Kind.SCREEN,
              messages.get(screen.name()),
              Command.ctrl(KeyCode.getKeyCode(Integer.toString(digit++))),
              () -> !screen.ofStore() || storeOpen.getAsBoolean(),
              () -> frame.go(screen)));
    }
    return found;
  }

  private List<Command> storeActions() {
    List<Command> found = new ArrayList<>();
    found.add(action("shell.open", Command.ctrl(KeyCode.O), stores::open));
    found.add(action("shell.openFolder", Command.ctrlShift(KeyCode.O), stores::openFolder));
    frame
        .openings()
        .forEach(
            way -> found.add(new Command(Kind.ACTION, messages.get(way.name()), way.action())));
    found.add(new Command(Kind.ACTION, messages.get("shell.new"), stores::create));
    found.add(new Command(Kind.ACTION, messages.get("shell.demo"), stores::demo));
    found.add(ofStore("shell.import", null, stores::chooseImport));
    found.add(ofStore("shell.export", null, stores::export));
    found.add(ofStore("shell.find", Command.ctrl(KeyCode.F), frame::find));
    frame.menu().forEach(entry -> found.add(ofStore(entry.name(), null, entry.action())));
    return found;
  }

  private List<Command> recentStores() {
    return stores.recent().get().stream()
        .map(
            (StoreLocation known) ->
                new Command(
                    Kind.STORE,
                    messages.get("shell.openKnown", known.toString()),
                    () -> stores.open(known)))
        .toList();
  }

  private List<Command> looks() {
    return List.of(
        action("shell.theme", Command.ctrlShift(KeyCode.L), themes::toggle),
        action("shell.larger", Command.ctrl(KeyCode.EQUALS), () -> step(true)),
        action("shell.smaller", Command.ctrl(KeyCode.MINUS), () -> step(false)),
        action(
            "shell.usualSize",
            Command.ctrl(KeyCode.DIGIT0),
            () -> themes.choose(look().withTextSize(Appearance.SMALLEST))));
  }

  private void step(boolean larger) {
    themes.choose(look().stepped(larger));
  }

  private Appearance look() {
    return themes.chosen().get();
  }

  private Command action(String name, KeyCombination key, Runnable action) {
    return new Command(Kind.ACTION, messages.get(name), key, () -> true, action);
  }

  private Command ofStore(String name, @Nullable KeyCombination key, Runnable action) {
    return new Command(Kind.ACTION, messages.get(name), key, storeOpen, action);
  }
}
