package dev.memoryconsole.ui.frame;

import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the window is put together from. Each screen, panel and offer adds itself, and is shown in
 * the order in which they came. User interface's thread only.
 */
public final class Frame {
  /**
   * An entry of the store's menu.
   *
   * @param id of the menu's item
   * @param name the key of its words
   * @param action what it does
   */
  public record MenuEntry(String id, String name, Runnable action) {}

  private record Keeper<T>(Class<T> type, Supplier<T> now, Consumer<T> again) {
    void restore(Map<Class<?>, Object> kept) {
      Object value = kept.get(type);
      if (value != null) {
        again.accept(type.cast(value));
      }
    }
  }

  private final Session session;
  private final List<Screen> screens = new ArrayList<>();
  private final List<Later<?>> panels = new ArrayList<>();
  private final List<Later<?>> offers = new ArrayList<>();
  private final List<MenuEntry> menu = new ArrayList<>();
  private final List<MenuEntry> openings = new ArrayList<>();
  private final List<MenuEntry> help = new ArrayList<>();
  private final List<Later<?>> questions = new ArrayList<>();
  private final List<Later<?>> layers = new ArrayList<>();
  private final List<Supplier<List<Command>>> commands = new ArrayList<>();
  private final List<Runnable> onClose = new ArrayList<>();
  private final List<Keeper<?>> keepers = new ArrayList<>();
  private final ReadOnlyObjectWrapper<@Nullable Screen> current = new ReadOnlyObjectWrapper<>();
  private Runnable find = () -> {};

  /** Empty; the first screen is shown whenever another store is. */
  public Frame(Session session) {
    this.session = session;
    session.upgrades().addListener(value -> current.set(screens.getFirst()));
  }

  /** Adds a screen; the first is the one to begin with. */
  public void add(Screen screen) {
    screens.add(screen);
    if (current.get() == null) {
      current.set(screen);
    }
  }

  /** Adds what lies over the window when its entry in the store's menu is chosen. */
  public void addPanel(Later<?> panel, MenuEntry entry) {
    panels.add(panel);
    menu.add(entry);
  }

  /** Adds what lies over screens and panels while something is asked. */
  public void addQuestion(Later<?> question) {
    questions.add(question);
  }

  /** Adds what lies over the window when somebody asks for it by a command. */
  public void addLayer(Later<?> layer) {
    layers.add(layer);
  }

  /** Adds another way to open a store, which is there at all times. */
  public void addOpening(MenuEntry entry) {
    openings.add(entry);
  }

  /** Adds an entry of the help's menu. */
  public void addHelp(MenuEntry entry) {
    help.add(entry);
  }

  /** Adds what can be done by a key or from the palette; asked for whenever either is used. */
  public void addCommands(Supplier<List<Command>> more) {
    commands.add(more);
  }

  /** Adds a line above the screens, which shows and hides itself. */
  public void addOffer(Later<?> offer) {
    offers.add(offer);
  }

  /** Tells what Ctrl+F does while a store is open. */
  public void onFind(Runnable action) {
    find = action;
  }

  /** Tells what is to be stopped when the window is closed. */
  public void onClose(Runnable action) {
    onClose.add(action);
  }

  /**
   * Tells what somebody has chosen on a screen, for when the window is built anew in another
   * language or size.
   *
   * @param type of what is kept; nobody else keeps one of it
   * @param now what is chosen
   * @param again chooses it in the new window, whose store is open by then
   */
  public <T> void keep(Class<T> type, Supplier<T> now, Consumer<T> again) {
    keepers.add(new Keeper<>(type, now, again));
  }

  /** All that somebody has chosen, for {@link #restore}. */
  public Map<Class<?>, Object> kept() {
    Map<Class<?>, Object> kept = new HashMap<>();
    keepers.forEach(keeper -> kept.put(keeper.type(), keeper.now().get()));
    return kept;
  }

  /** Chooses again what was chosen in the window before. */
  public void restore(Map<Class<?>, Object> kept) {
    keepers.forEach(keeper -> keeper.restore(kept));
  }

  /** Goes to a screen, unless it needs a store and none is open. */
  public void go(Screen next) {
    if (session.open() != null || !next.ofStore()) {
      next.view().build();
      current.set(next);
    }
  }

  /** All that is to be built, in the order in which it is likely to be needed. */
  public List<Later<?>> views() {
    List<Later<?>> views = new ArrayList<>();
    screens.stream().limit(1).forEach(screen -> views.add(screen.view()));
    views.addAll(offers);
    screens.stream().skip(1).forEach(screen -> views.add(screen.view()));
    views.addAll(questions);
    views.addAll(panels);
    views.addAll(layers);
    return views;
  }

  /** Looks for something. */
  public void find() {
    find.run();
  }

  /** Stops what is to be stopped. */
  public void close() {
    onClose.forEach(Runnable::run);
  }

  /** The screen that is shown; null only before there is any. */
  public ReadOnlyObjectProperty<@Nullable Screen> current() {
    return current.getReadOnlyProperty();
  }

  /** The screens, in the order of the rail. */
  public List<Screen> screens() {
    return List.copyOf(screens);
  }

  /** What lies over the window. */
  public List<Later<?>> panels() {
    return List.copyOf(panels);
  }

  /** What lies over screens and panels while something is asked. */
  public List<Later<?>> questions() {
    return List.copyOf(questions);
  }

  /** What lies over everything else. */
  public List<Later<?>> layers() {
    return List.copyOf(layers);
  }

  /** Further ways to open a store. */
  public List<MenuEntry> openings() {
    return List.copyOf(openings);
  }

  /** The entries of the help's menu. */
  public List<MenuEntry> help() {
    return List.copyOf(help);
  }

  /** All that can be done, now or at another time. */
  public List<Command> commands() {
    return commands.stream().flatMap(some -> some.get().stream()).toList();
  }

  /** The lines above the screens. */
  public List<Later<?>> offers() {
    return List.copyOf(offers);
  }

  /** Further entries of the store's menu. */
  public List<MenuEntry> menu() {
    return List.copyOf(menu);
  }
}
