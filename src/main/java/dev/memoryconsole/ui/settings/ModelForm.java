package dev.memoryconsole.ui.settings;

import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import dev.memoryconsole.ui.settings.ModelDraft.Field;
import dev.memoryconsole.ui.settings.ModelDraft.KeyKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The fields of a model, to be bound. User interface's thread only. */
final class ModelForm {
  private final ObjectProperty<Preset> preset = new SimpleObjectProperty<>(Preset.CUSTOM);
  private final ObjectProperty<KeyKind> keyKind = new SimpleObjectProperty<>(KeyKind.NONE);
  private final ObjectProperty<AnswerLanguage> language =
      new SimpleObjectProperty<>(AnswerLanguage.MEMORY);
  private final Map<Field, StringProperty> texts = new EnumMap<>(Field.class);
  private final BooleanProperty redact = new SimpleBooleanProperty();
  private final BooleanProperty httpConfirmed = new SimpleBooleanProperty();
  private final Set<Field> touched = EnumSet.noneOf(Field.class);
  private ModelSettings before = ModelSettings.of(Preset.CUSTOM);
  private boolean filling;

  /**
   * Empty.
   *
   * @param changed called whenever something in it has changed, but not while it is filled
   */
  ModelForm(Runnable changed) {
    for (Field field : Field.values()) {
      StringProperty text = new SimpleStringProperty("");
      text.addListener(
          value -> {
            if (!filling) {
              touched.add(field);
              changed.run();
            }
          });
      texts.put(field, text);
    }
    for (Observable one : new Observable[] {preset, keyKind, language, redact, httpConfirmed}) {
      one.addListener(
          value -> {
            if (!filling) {
              changed.run();
            }
          });
    }
  }

  ObjectProperty<Preset> preset() {
    return preset;
  }

  ObjectProperty<KeyKind> keyKind() {
    return keyKind;
  }

  ObjectProperty<AnswerLanguage> language() {
    return language;
  }

  StringProperty text(Field field) {
    return Objects.requireNonNull(texts.get(field));
  }

  BooleanProperty redact() {
    return redact;
  }

  BooleanProperty httpConfirmed() {
    return httpConfirmed;
  }

  /** Whether somebody has changed a field since it was filled. */
  boolean isTouched(Field field) {
    return touched.contains(field);
  }

  /** Fills it. */
  void show(ModelSettings model) {
    show(ModelDraft.of(model));
  }

  /** Fills it with what was typed elsewhere. */
  void show(ModelDraft draft) {
    filling = true;
    before = draft.before();
    preset.set(draft.preset());
    keyKind.set(draft.keyKind());
    language.set(draft.language());
    draft.texts().forEach((field, text) -> text(field).set(text));
    redact.set(draft.redact());
    httpConfirmed.set(draft.httpConfirmed());
    touched.clear();
    filling = false;
  }

  /** What a preset says about the endpoint; the rest stays as it is. */
  void start(Preset from) {
    ModelSettings fresh = ModelSettings.of(from);
    keyKind.set(fresh.key().equals(KeySource.NONE) ? KeyKind.NONE : KeyKind.ENVIRONMENT);
    Map<Field, String> start = ModelDraft.of(fresh).texts();
    for (Field field : Set.of(Field.URL, Field.MODEL, Field.KEY, Field.WINDOW)) {
      text(field).set(start.getOrDefault(field, ""));
      // Nobody has typed anything wrong yet.
      touched.remove(field);
    }
    httpConfirmed.set(false);
    preset.set(from);
  }

  /** What is in it now. */
  ModelDraft draft() {
    Map<Field, String> now = new EnumMap<>(Field.class);
    texts.forEach((field, text) -> now.put(field, text.get() == null ? "" : text.get()));
    return new ModelDraft(
        preset.get(),
        keyKind.get(),
        now,
        redact.get(),
        httpConfirmed.get(),
        language.get(),
        before);
  }
}
