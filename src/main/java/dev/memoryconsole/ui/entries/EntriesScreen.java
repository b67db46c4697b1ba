package dev.memoryconsole.ui.entries;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.query.QueryKeys;
import dev.memoryconsole.ui.common.Later;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.entries.look.LookKeeper;
import dev.memoryconsole.ui.entries.rows.ChangeItems;
import dev.memoryconsole.ui.entries.rows.RowActions;
import dev.memoryconsole.ui.entries.rows.Rows;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.frame.Screen;
import dev.memoryconsole.ui.mend.MendPanel;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the memories screen together. */
public final class EntriesScreen {
  private final Frame frame;
  private final Screen screen;
  private final EntriesViewModel model;
  private final RowActions actions;
  private final Later<EntriesController> view;

  private EntriesScreen(
      Frame frame,
      Screen screen,
      EntriesViewModel model,
      RowActions actions,
      Later<EntriesController> view) {
    this.frame = frame;
    this.screen = screen;
    this.model = model;
    this.actions = actions;
    this.view = view;
  }

  /** Adds it to the window. */
  public static EntriesScreen register(
      Desk desk, Frame frame, PreviewViewModel preview, MendPanel mends) {
    Messages messages = desk.messages();
    EntriesViewModel model = new EntriesViewModel(desk.session(), desk.tasks());
    DetailsViewModel details =
        new DetailsViewModel(
            desk.session(), desk.tasks(), desk.gate(), desk.options(), messages, model);
    UpgradeActions upgrades =
        new UpgradeActions(model, desk.monitor(), desk.gate(), preview, desk.options());
    TableRows rows = new TableRows(model);
    RowActions actions =
        new RowActions(desk.session(), desk.tasks(), desk.notices(), mends::open, messages);
    LookKeeper keeper = new LookKeeper(desk.services(), desk.tasks());
    frame.onClose(keeper::close);
    Later<EntriesController> view =
        new Views(messages)
            .with(
                EntriesController.class,
                () -> new EntriesController(model, rows, actions, keeper, messages, desk.times()))
            .with(FilterBarController.class, () -> new FilterBarController(model, messages))
            .with(
                ActionBarController.class,
                () -> new ActionBarController(model, upgrades, rows, actions, messages))
            .with(WaitingController.class, () -> new WaitingController(model, messages))
            .with(NothingController.class, () -> new NothingController(model, messages))
            .with(
                DetailsController.class,
                () -> new DetailsController(details, desk.actions(), messages, desk.times()))
            .later(EntriesController.class, "Entries.fxml");
    rows.onOpen(() -> view.controller().showDetails());
    frame.addCommands(() -> ChangeItems.commands(rows, actions, messages));
    Screen screen =
        new Screen(
            "memories",
            "place.memories",
            "fth-list",
            true,
            view,
            () -> view.controller().focusTable());
    frame.add(screen);
    frame.keep(EntriesViewModel.Kept.class, model::kept, model::restore);
    frame.onFind(
        () -> {
          frame.go(screen);
          view.controller().focusSearch();
        });
    return new EntriesScreen(frame, screen, model, actions, view);
  }

  /** The query on screen. */
  public EntryQuery query() {
    return model.query();
  }

  /** Says how what a query finds is exported. */
  public void onExport(Consumer<EntryQuery> action) {
    actions.onExport(action);
  }

  /** The memories on screen, and those close to them. */
  public List<MemoryEntry> shown() {
    return model.loaded();
  }

  /** Makes sure that these are no older than what somebody has read by now. */
  public void keepUp() {
    model.keepUp();
  }

  /** Goes there and shows what this text finds, as if it was typed. */
  public void showMatching(String text) {
    frame.go(screen);
    model.filter().show(text);
    view.controller().focusTable();
  }

  /** Goes there and shows one memory's details, whether it matches or not. */
  public void showMemory(String id) {
    frame.go(screen);
    view.controller().showMemory(id);
  }

  /** The rows of the memories screen, for what is done with them. */
  private static final class TableRows implements Rows {
    private final EntriesViewModel model;
    private Runnable open = () -> {};

    TableRows(EntriesViewModel model) {
      this.model = model;
    }

    void onOpen(Runnable action) {
      open = action;
    }

    @Override
    public @Nullable MemoryEntry current() {
      MemoryRow row = model.current().get();
      return row == null ? null : row.entry();
    }

    @Override
    public long chosen() {
      return model.selection().size().get();
    }

    @Override
    public boolean isChosen(String id) {
      return model.selection().contains(id);
    }

    @Override
    public boolean isAllChosen() {
      return model.selection().isAllMatching();
    }

    @Override
    public List<String> chosenIds() {
      return model.selection().ids();
    }

    @Override
    public long matching() {
      return model.matching().get();
    }

    @Override
    public EntryQuery query() {
      return model.query();
    }

    @Override
    public void toggle(String id) {
      model.selection().toggle(id);
    }

    @Override
    public void only(String key, Collection<String> values) {
      if (key.equals(QueryKeys.SCOPE)) {
        model.filter().scopes(Set.copyOf(values));
      } else {
        model.filter().categories(Set.copyOf(values));
      }
    }

    @Override
    public void open() {
      open.run();
    }
  }
}
