package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.look.LookKeeper;
import dev.memoryconsole.ui.entries.rows.RowActions;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import java.util.List;
import java.util.function.Consumer;

/** Puts the memories screen together. */
public final class EntriesScreen {
  private final Frame frame;
  private final Screen screen;
  private final EntriesViewModel model;
  private final RowActions rows;
  private final EntriesController controller;

  private EntriesScreen(
      Frame frame,
      Screen screen,
      EntriesViewModel model,
      RowActions rows,
      EntriesController controller) {
    this.frame = frame;
    this.screen = screen;
    this.model = model;
    this.rows = rows;
    this.controller = controller;
  }

  /** Adds it to the window. */
  public static EntriesScreen register(Desk desk, Frame frame, PreviewViewModel preview) {
    Messages messages = desk.messages();
    EntriesViewModel model = new EntriesViewModel(desk.session(), desk.tasks());
    DetailsViewModel details =
        new DetailsViewModel(
            desk.session(), desk.tasks(), desk.gate(), desk.options(), messages, model);
    UpgradeActions upgrades =
        new UpgradeActions(model, desk.monitor(), desk.gate(), preview, desk.options());
    RowActions rows = new RowActions(desk.session(), desk.tasks(), desk.notices(), messages);
    LookKeeper keeper = new LookKeeper(desk.services(), desk.tasks());
    frame.onClose(keeper::close);
    Views.Loaded<EntriesController> loaded =
        new Views(messages)
            .with(
                EntriesController.class,
                () -> new EntriesController(model, rows, keeper, messages, desk.times()))
            .with(FilterBarController.class, () -> new FilterBarController(model, messages))
            .with(
                ActionBarController.class, () -> new ActionBarController(model, upgrades, messages))
            .with(WaitingController.class, () -> new WaitingController(model, messages))
            .with(NothingController.class, () -> new NothingController(model, messages))
            .with(
                DetailsController.class,
                () -> new DetailsController(details, desk.actions(), messages, desk.times()))
            .load(EntriesController.class, "Entries.fxml");
    EntriesController controller = loaded.controller();
    Screen screen =
        new Screen(
            "memories", "place.memories", "fth-list", true, loaded.root(), controller::focusTable);
    frame.add(screen);
    frame.keep(EntriesViewModel.Kept.class, model::kept, model::restore);
    frame.onFind(
        () -> {
          frame.go(screen);
          controller.focusSearch();
        });
    return new EntriesScreen(frame, screen, model, rows, controller);
  }

  /** The query on screen. */
  public EntryQuery query() {
    return model.query();
  }

  /** Says how what a query finds is exported. */
  public void onExport(Consumer<EntryQuery> action) {
    rows.onExport(action);
  }

  /** The memories on screen, and those close to them. */
  public List<MemoryEntry> shown() {
    return model.loaded();
  }

  /** Goes there and shows one memory's details, whether it matches or not. */
  public void showMemory(String id) {
    frame.go(screen);
    controller.showMemory(id);
  }
}
