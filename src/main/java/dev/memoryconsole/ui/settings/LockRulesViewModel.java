package dev.memoryconsole.ui.settings;

import dev.memoryconsole.settings.CommitMode;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.LockRules;
import dev.memoryconsole.ui.services.LockServices;
import dev.memoryconsole.upgrade.pace.Batching;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** How runs take the lock and what is recorded of it, as typed. User interface's thread only. */
public final class LockRulesViewModel {
  private static final String FIRST_ROWS = "10";

  /** A field that is typed into. */
  enum Field {
    HOLD,
    ROWS,
    PORT
  }

  /** What is typed and chosen. */
  record Kept(Map<Field, String> texts, boolean swap, boolean fixed, boolean recorded) {
    Kept {
      texts = Map.copyOf(texts);
    }
  }

  private final Messages messages;
  private final BooleanProperty swap = new SimpleBooleanProperty();
  private final BooleanProperty fixed = new SimpleBooleanProperty();
  private final BooleanProperty recorded = new SimpleBooleanProperty(true);
  private final Map<Field, StringProperty> texts = new EnumMap<>(Field.class);
  private final ReadOnlyObjectWrapper<Map<Field, String>> problems =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyStringWrapper served = new ReadOnlyStringWrapper("");
  private Runnable onChange = () -> {};
  private boolean filling;

  /** With the words of one language. */
  public LockRulesViewModel(Messages messages) {
    this.messages = messages;
    for (Field field : Field.values()) {
      texts.put(field, new SimpleStringProperty(field == Field.ROWS ? FIRST_ROWS : ""));
      text(field).addListener(value -> changed());
    }
    for (Observable one : new Observable[] {swap, fixed, recorded}) {
      one.addListener(value -> changed());
    }
  }

  /** Whether memories are written one by one, by compare-and-swap. */
  BooleanProperty swap() {
    return swap;
  }

  /** Whether all batches have the same size. */
  BooleanProperty fixed() {
    return fixed;
  }

  /** Whether acquisitions are recorded. */
  BooleanProperty recorded() {
    return recorded;
  }

  StringProperty text(Field field) {
    return Objects.requireNonNull(texts.get(field));
  }

  /** The sentence under each field that is wrong. */
  ReadOnlyObjectProperty<Map<Field, String>> problems() {
    return problems.getReadOnlyProperty();
  }

  /** Where figures are served now, in a sentence; empty if there is nothing to say. */
  ReadOnlyStringProperty served() {
    return served.getReadOnlyProperty();
  }

  /** Who is told whenever something in it has changed, but not while it is filled. */
  void onChange(Runnable told) {
    onChange = told;
  }

  /** Fills it. */
  void load(LockRules rules, LockServices.Served now) {
    filling = true;
    swap.set(rules.commit() == CommitMode.CAS);
    recorded.set(rules.recorded());
    switch (rules.batching()) {
      case Batching.Fixed(int rows) -> {
        fixed.set(true);
        text(Field.ROWS).set(Integer.toString(rows));
        text(Field.HOLD).set("");
      }
      case Batching.Adaptive(OptionalInt millis) -> {
        fixed.set(false);
        text(Field.ROWS).set(FIRST_ROWS);
        text(Field.HOLD).set(millis.isPresent() ? Integer.toString(millis.getAsInt()) : "");
      }
    }
    Integer port = rules.metricsPort();
    text(Field.PORT).set(port == null ? "" : port.toString());
    filling = false;
    show(now);
    check();
  }

  Kept kept() {
    Map<Field, String> typed = new EnumMap<>(Field.class);
    texts.keySet().forEach(field -> typed.put(field, typed(field)));
    return new Kept(typed, swap.get(), fixed.get(), recorded.get());
  }

  void restore(Kept kept) {
    filling = true;
    kept.texts().forEach((field, typed) -> text(field).set(typed));
    swap.set(kept.swap());
    fixed.set(kept.fixed());
    recorded.set(kept.recorded());
    filling = false;
    check();
  }

  /** Says where figures are served. */
  void show(LockServices.Served now) {
    Integer port = now.port();
    if (port != null) {
      String key = now.named() ? "lockRules.servedNamed" : "lockRules.served";
      served.set(messages.get(key, port.toString()));
    } else if (now.named()) {
      served.set(messages.get("lockRules.servedOff"));
    } else {
      served.set(isEmpty(Field.PORT) ? "" : messages.get("lockRules.notServed"));
    }
  }

  private void changed() {
    if (!filling) {
      check();
      onChange.run();
    }
  }

  private void check() {
    Map<Field, String> wrong = new EnumMap<>(Field.class);
    if (fixed.get() && number(Field.ROWS, Batching.MOST_ROWS).isEmpty()) {
      wrong.put(Field.ROWS, messages.get("lockRules.bad.rows"));
    }
    if (!fixed.get()
        && !isEmpty(Field.HOLD)
        && number(Field.HOLD, Batching.LONGEST_HOLD_MILLIS).isEmpty()) {
      wrong.put(Field.HOLD, messages.get("lockRules.bad.hold"));
    }
    if (!isEmpty(Field.PORT) && Monitoring.portOf(typed(Field.PORT)) == null) {
      wrong.put(Field.PORT, messages.get("lockRules.bad.port"));
    }
    problems.set(Map.copyOf(wrong));
  }

  private boolean isEmpty(Field field) {
    return typed(field).isEmpty();
  }

  private String typed(Field field) {
    return Objects.requireNonNullElse(text(field).get(), "").strip();
  }

  private OptionalInt number(Field field, int most) {
    String typed = typed(field);
    if (!typed.matches("\\d{1,9}")) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(typed);
    return number >= 1 && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** What it stands for; empty if something in it is wrong. */
  Optional<LockRules> rules() {
    if (!problems.get().isEmpty()) {
      return Optional.empty();
    }
    Batching batching =
        fixed.get()
            ? new Batching.Fixed(number(Field.ROWS, Batching.MOST_ROWS).orElseThrow())
            : new Batching.Adaptive(number(Field.HOLD, Batching.LONGEST_HOLD_MILLIS));
    return Optional.of(
        new LockRules(
            batching,
            swap.get() ? CommitMode.CAS : CommitMode.BATCH,
            recorded.get(),
            isEmpty(Field.PORT) ? null : Monitoring.portOf(typed(Field.PORT))));
  }
}
