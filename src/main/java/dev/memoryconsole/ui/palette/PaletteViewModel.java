package dev.memoryconsole.ui.palette;

import dev.memoryconsole.ui.frame.Command;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Finds what can be done by what is typed. User interface's thread only. */
public final class PaletteViewModel {
  private record Found(Command command, int rank, int order) {}

  private final Supplier<List<Command>> commands;
  private final ObservableList<Command> found = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable ObservableList<Command>> shown =
      new ReadOnlyObjectWrapper<>();

  /** Over these commands, asked for whenever something is typed. */
  public PaletteViewModel(Supplier<List<Command>> commands) {
    this.commands = commands;
  }

  /** What is shown: what was found, or null while the palette is closed. */
  ReadOnlyObjectProperty<@Nullable ObservableList<Command>> shown() {
    return shown.getReadOnlyProperty();
  }

  /** What matches and can be done now, the best first. */
  ObservableList<Command> found() {
    return found;
  }

  /** Opens the palette with all there is. */
  public void open() {
    type("");
    shown.set(found);
  }

  void close() {
    shown.set(null);
  }

  void type(String typed) {
    List<Command> all =
        commands.get().stream().filter(one -> one.available().getAsBoolean()).toList();
    found.setAll(
        IntStream.range(0, all.size())
            .boxed()
            .flatMap(
                order -> {
                  Command one = all.get(order);
                  return rank(typed, one).stream().mapToObj(r -> new Found(one, r, order));
                })
            .sorted(
                Comparator.comparingInt(Found::rank)
                    .thenComparing(found -> found.command().kind())
                    .thenComparingInt(Found::order))
            .map(Found::command)
            .toList());
  }

  private static OptionalInt rank(String typed, Command command) {
    return typed.isBlank()
        ? OptionalInt.of(0)
        : Matches.rank(typed, command.name(), command.kind() != Command.Kind.STORE);
  }

  /** Closes the palette and does it. */
  void run(Command chosen) {
    close();
    chosen.action().run();
  }
}
