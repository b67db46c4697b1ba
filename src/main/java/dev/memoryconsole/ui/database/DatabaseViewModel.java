package dev.memoryconsole.ui.database;

import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.DatabaseForm;
import dev.memoryconsole.ui.services.DatabaseReport;
import dev.memoryconsole.ui.services.DatabaseServices;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the connection to a database, and has a table of it opened. UI's thread only. */
public final class DatabaseViewModel {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseViewModel.class);
  private static final Pattern PASSWORD = Pattern.compile("[^/?#]*://[^/?#:]*:([^/?#]*)@.*");

  /** Where the password comes from. */
  enum PasswordKind {
    /** Wherever libpq finds it. */
    KEPT,
    /** Typed, and forgotten when the program ends. */
    TYPED,
    /** An entry of the system's keychain. */
    KEYCHAIN
  }

  /** How the connection stands. */
  sealed interface State {
    /** Nobody has asked. */
    record Nothing() implements State {}

    /** It is tried. */
    record Asking() implements State {}

    /**
     * It was tried.
     *
     * @param makes whether the table is missing, and can be made
     */
    record Over(boolean good, String words, boolean makes) implements State {}
  }

  /**
   * What the panel begins with.
   *
   * @param again whether a store was known and could not be opened
   */
  record Asked(DatabaseForm form, boolean again) {}

  private final DatabaseServices services;
  private final Messages messages;
  private final Consumer<StoreLocation> open;
  private final Consumer<StoreLocation> make;
  private final Slot<Void> asking;
  private final ReadOnlyObjectWrapper<@Nullable Asked> asked = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.Nothing());

  DatabaseViewModel(
      DatabaseServices services,
      Tasks tasks,
      Messages messages,
      Consumer<StoreLocation> open,
      Consumer<StoreLocation> make) {
    this.services = services;
    this.messages = messages;
    this.open = open;
    this.make = make;
    this.asking = tasks.slot(true);
  }

  /** What is asked for; null while nothing is. */
  ReadOnlyObjectProperty<@Nullable Asked> asked() {
    return asked.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  void show() {
    state.set(new State.Nothing());
    asked.set(new Asked(DatabaseForm.EMPTY, false));
  }

  boolean showAgain(StoreLocation store, Throwable why) {
    if (!services.isOne(store)) {
      return false;
    }
    try {
      DatabaseForm form = services.read(store);
      state.set(new State.Over(false, sentence(why), false));
      asked.set(new Asked(form, true));
      return true;
    } catch (StoreException noTable) {
      return false;
    }
  }

  void close() {
    asking.cancel();
    asked.set(null);
  }

  /** The parts of a URL; empty while it is not one. */
  Optional<DatabaseForm> read(String url) {
    try {
      return StoreLocation.parse(url.strip()).filter(services::isOne).map(services::read);
    } catch (StoreException notYet) {
      return Optional.empty();
    }
  }

  /** The same URL without its password; empty if there is none in it. */
  static Optional<String> withoutPassword(String url) {
    return StoreLocation.holdsPassword(url.strip())
        ? Optional.of(StoreLocation.parse(url.strip()).map(StoreLocation::toString).orElse(""))
        : Optional.empty();
  }

  /** The password that somebody has pasted with a URL; empty if there is none. */
  static String passwordIn(String url) {
    Matcher found = PASSWORD.matcher(url.strip());
    if (!found.matches()) {
      return "";
    }
    try {
      return URLDecoder.decode(found.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return found.group(1);
    }
  }

  /** Another place is typed in: what was said of the last no longer holds. */
  void forget() {
    asking.cancel();
    state.set(new State.Nothing());
  }

  /** What was said before the panel was filled still holds. */
  void restore(State before) {
    state.set(before);
  }

  /** Stops the attempt. */
  void stop() {
    if (asking.cancel()) {
      state.set(new State.Over(false, messages.get("database.stopped"), false));
    }
  }

  /** Tries the connection. */
  void test(DatabaseForm form, @Nullable Secret password) {
    ask(form, password, report -> state.set(words(form, report)));
  }

  /** Tries the connection, and opens the table if there is one. */
  void open(DatabaseForm form, @Nullable Secret password) {
    ask(
        form,
        password,
        report -> {
          state.set(words(form, report));
          if (!report.isMissing()) {
            leave(form, password, open);
          }
        });
  }

  /** Makes the table that was found missing. */
  void make(DatabaseForm form, @Nullable Secret password) {
    leave(form, password, make);
  }

  private void leave(
      DatabaseForm form, @Nullable Secret password, Consumer<StoreLocation> goingOn) {
    if (password != null) {
      services.keep(form, password);
    }
    StoreLocation place = services.location(form);
    close();
    goingOn.accept(place);
  }

  private void ask(
      DatabaseForm form, @Nullable Secret password, Consumer<DatabaseReport> answered) {
    asking.run(
        progress -> services.test(form, password),
        answered,
        problem -> state.set(new State.Over(false, sentence(problem), false)));
    state.set(new State.Asking());
  }

  private State words(DatabaseForm form, DatabaseReport report) {
    if (report.isMissing()) {
      return new State.Over(
          false,
          messages.get(
              "database.noTable",
              report.version(),
              form.table().isBlank() ? messages.get("database.usualTable") : form.table().strip()),
          true);
    }
    String found =
        messages.get(
            report.isExact() ? "database.counted" : "database.estimated", report.memories());
    return report
        .refusal()
        .map(
            why ->
                new State.Over(
                    true,
                    messages.get("database.readOnly", report.version(), found, messages.words(why)),
                    false))
        .orElseGet(
            () ->
                new State.Over(
                    true, messages.get("database.good", report.version(), found), false));
  }

  private String sentence(Throwable problem) {
    LOG.info("A database could not be opened", problem);
    return messages.sentence(problem);
  }
}
