package dev.memoryconsole.ui.settings;

import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Preset;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.settings.SystemKeychain;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.LockRules;
import dev.memoryconsole.ui.services.LockServices;
import dev.memoryconsole.ui.services.ModelSetup;
import dev.memoryconsole.ui.services.SnapshotRules;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.ui.settings.ModelDraft.Field;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Decides what the settings' screen shows and saves. User interface's thread only. */
public final class SettingsViewModel {
  private record Read(
      ModelSetup setup, SnapshotRules rules, LockRules locks, LockServices.Served served) {}

  /** What is chosen and typed but not saved yet; nothing of it if there is nothing such. */
  record Kept(Optional<Draft> draft) {}

  /** What is chosen and typed. */
  record Draft(
      ModelDraft model,
      boolean used,
      FailurePolicy onFailure,
      SnapshotRules rules,
      Map<String, Price> prices,
      LockRulesViewModel.Kept locks,
      Optional<ModelSettings> saved) {}

  private final UiServices services;
  private final Session session;
  private final Tasks tasks;
  private final Notices notices;
  private final Messages messages;
  private final PricesViewModel prices;
  private final LockRulesViewModel locks;
  private final ModelTrial trial;
  private final ModelForm form = new ModelForm(this::changed);
  private final BooleanProperty used = new SimpleBooleanProperty();
  private final ObjectProperty<FailurePolicy> onFailure =
      new SimpleObjectProperty<>(FailurePolicy.FALLBACK);
  private final BooleanProperty snapshots = new SimpleBooleanProperty(true);
  private final ObjectProperty<Integer> snapshotsKept = new SimpleObjectProperty<>(1);
  // Shown, and changed, beside the snapshots alone.
  private int snapshotGigabytes = 1;
  private final ReadOnlyObjectWrapper<Map<Field, String>> problems =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
  private @Nullable ModelSettings saved;
  private long changes;
  private boolean attempted;
  private boolean filling;

  /** Over these services. */
  public SettingsViewModel(
      UiServices services,
      Session session,
      Tasks tasks,
      Notices notices,
      Messages messages,
      PricesViewModel prices,
      LockRulesViewModel locks,
      ModelTrial trial) {
    this.services = services;
    this.session = session;
    this.tasks = tasks;
    this.notices = notices;
    this.messages = messages;
    this.prices = prices;
    this.locks = locks;
    this.trial = trial;
    used.addListener(value -> changed());
    onFailure.addListener(value -> changed());
    snapshots.addListener(value -> changed());
    snapshotsKept.addListener(value -> changed());
    prices.own().addListener(value -> changed());
    locks.onChange(this::changed);
    // What was said about an endpoint says nothing about another.
    form.text(Field.URL).addListener(value -> trial.forget());
  }

  ModelForm form() {
    return form;
  }

  ModelTrial trial() {
    return trial;
  }

  /** Whether a model is used at all. */
  BooleanProperty used() {
    return used;
  }

  ObjectProperty<FailurePolicy> onFailure() {
    return onFailure;
  }

  /** Whether a snapshot is taken before each run. */
  BooleanProperty snapshots() {
    return snapshots;
  }

  ObjectProperty<Integer> snapshotsKept() {
    return snapshotsKept;
  }

  /** The sentence under each field that is wrong. */
  ReadOnlyObjectProperty<Map<Field, String>> problems() {
    return problems.getReadOnlyProperty();
  }

  /** Whether something is not saved yet. */
  ReadOnlyBooleanProperty dirty() {
    return dirty.getReadOnlyProperty();
  }

  /** Reads what is saved, unless something is being changed. */
  void load() {
    if (!dirty.get()) {
      reload();
    }
  }

  /** Reads what is saved and shows it, whatever was typed. */
  void reload() {
    tasks.run(this::read, this::show);
  }

  private Read read() {
    return new Read(
        services.models().load(),
        services.snapshotRules(),
        services.locks().load(),
        services.locks().served());
  }

  private void show(Read read) {
    ModelSetup setup = read.setup();
    filling = true;
    ModelSettings model = setup.model();
    saved = model;
    form.show(model == null ? ModelSettings.of(Preset.OPENAI) : model);
    used.set(setup.used());
    onFailure.set(setup.onFailure());
    show(read.rules());
    prices.load(setup.prices());
    locks.load(read.locks(), read.served());
    attempted = false;
    filling = false;
    dirty.set(false);
    trial.forget();
    check();
  }

  private void show(SnapshotRules rules) {
    snapshots.set(rules.beforeRuns());
    snapshotsKept.set(rules.kept());
    snapshotGigabytes = rules.gigabytes();
  }

  private SnapshotRules rules() {
    return new SnapshotRules(snapshots.get(), snapshotsKept.get(), snapshotGigabytes);
  }

  Kept kept() {
    return new Kept(
        dirty.get()
            ? Optional.of(
                new Draft(
                    form.draft(),
                    used.get(),
                    onFailure.get(),
                    rules(),
                    prices.own().get(),
                    locks.kept(),
                    Optional.ofNullable(saved)))
            : Optional.empty());
  }

  void restore(Kept kept) {
    kept.draft().ifPresent(this::restore);
  }

  private void restore(Draft draft) {
    filling = true;
    saved = draft.saved().orElse(null);
    form.show(draft.model());
    used.set(draft.used());
    onFailure.set(draft.onFailure());
    show(draft.rules());
    prices.load(draft.prices());
    locks.restore(draft.locks());
    filling = false;
    dirty.set(true);
    check();
    tasks.read(() -> services.locks().served(), locks::show);
  }

  private void changed() {
    if (!filling) {
      changes++;
      dirty.set(true);
      check();
    }
  }

  /** Another kind of endpoint was chosen. */
  void choose(Preset preset) {
    if (preset != form.preset().get()) {
      form.start(preset);
    }
  }

  /** Shows this model as the one to use, to be looked at; saves it if it is complete. */
  void use(ModelSettings model) {
    ModelSettings now = form.draft().before();
    form.show(
        model
            .withLimits(now.limits())
            .withPrivacy(now.redact(), model.confirmedHttpHosts())
            .withCost(null, now.budget())
            .withLanguage(now.language())
            .withCaFile(now.caFile()));
    used.set(true);
    dirty.set(true);
    save();
  }

  private void check() {
    Map<Field, String> words = new EnumMap<>(Field.class);
    if (used.get()) {
      form.draft()
          .problems()
          .forEach(
              (field, key) -> {
                if (attempted || form.isTouched(field)) {
                  words.put(field, messages.get(key));
                }
              });
    }
    problems.set(Map.copyOf(words));
  }

  private boolean isGood(Set<Field> butFor) {
    attempted = true;
    check();
    return butFor.containsAll(form.draft().problems().keySet());
  }

  /** Saves it, if nothing is wrong. */
  void save() {
    Optional<LockRules> lockRules = locks.rules();
    if ((used.get() && !isGood(Set.of())) || lockRules.isEmpty()) {
      return;
    }
    ModelDraft draft = form.draft();
    ModelSetup setup =
        new ModelSetup(
            // A model that is not used may be half typed; then the last whole one is kept.
            draft.problems().isEmpty() ? draft.settings() : saved,
            used.get(),
            onFailure.get(),
            prices.own().get());
    long savedChanges = changes;
    SnapshotRules rules = rules();
    tasks.run(
        () -> {
          // First what may be refused, so that then nothing is saved.
          services.locks().save(lockRules.get());
          services.models().save(setup);
          services.saveSnapshotRules(rules);
          return services.locks().served();
        },
        served -> saved(setup, served, savedChanges));
  }

  private void saved(ModelSetup setup, LockServices.Served served, long savedChanges) {
    locks.show(served);
    saved = setup.model();
    attempted = false;
    if (changes == savedChanges) {
      dirty.set(false);
    }
    ModelSettings model = setup.model();
    notices.success(
        setup.used() && model != null
            ? messages.get(
                "settings.savedModel", model.model(), Endpoint.of(model.baseUrl()).host())
            : messages.get("settings.savedSimple"));
    // Previews and questions name what enriches.
    session.refresh();
  }

  /** Tries the endpoint as it is typed in, saved or not. */
  void test() {
    if (isGood(Set.of())) {
      trial.test(form.draft().settings());
    }
  }

  /** Asks the endpoint for its models. */
  void list() {
    if (isGood(Set.of(Field.MODEL))) {
      trial.list(form.draft().settings());
    }
  }

  /** What to know about the place of the key, one sentence or two. */
  String keyHint() {
    ModelDraft draft = form.draft();
    return switch (draft.keyKind()) {
      case NONE -> messages.get("settings.keyNone");
      case ENVIRONMENT -> messages.get("settings.keyVariable");
      case KEYCHAIN -> keychainHint(draft);
    };
  }

  private String keychainHint(ModelDraft draft) {
    SystemKeychain keychain = SystemKeychain.ofThisSystem();
    if (!keychain.isSupported()) {
      return messages.get("settings.noKeychain");
    }
    boolean named = !draft.text(Field.KEY).isEmpty() && !draft.problems().containsKey(Field.KEY);
    return named
        ? messages.get("settings.keychainAdd", keychain.howToAdd(draft.text(Field.KEY)))
        : messages.get("settings.keychain");
  }
}
