package dev.memoryconsole.ui.settings;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.settings.openclaw.RedisLocking;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.services.ModelServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What OpenClaw's configuration offers: its store and its model. User interface's thread only. */
public final class OpenClawViewModel {
  private static final ModelServices.OpenClaw NONE =
      new ModelServices.OpenClaw(null, false, Message.NONE);

  private final ModelServices services;
  private final Tasks tasks;
  private final Messages messages;
  private final SettingsViewModel settings;
  private final Consumer<StoreLocation> openStore;
  private final ReadOnlyObjectWrapper<ModelServices.OpenClaw> found =
      new ReadOnlyObjectWrapper<>(NONE);

  /**
   * Nothing is read yet.
   *
   * @param openStore opens a store
   */
  public OpenClawViewModel(
      ModelServices services,
      Tasks tasks,
      Messages messages,
      SettingsViewModel settings,
      Consumer<StoreLocation> openStore) {
    this.services = services;
    this.tasks = tasks;
    this.messages = messages;
    this.settings = settings;
    this.openStore = openStore;
  }

  /** What was found. */
  public ReadOnlyObjectProperty<ModelServices.OpenClaw> found() {
    return found.getReadOnlyProperty();
  }

  /** Reads the configuration. */
  public void load() {
    tasks.run(services::openClaw, found::set);
  }

  private Optional<OpenClawConfig> config() {
    return Optional.ofNullable(found.get().config());
  }

  private Optional<ModelSettings> model() {
    return config().flatMap(OpenClawConfig::modelSettings).filter(OpenClawViewModel::hasHost);
  }

  private static boolean hasHost(ModelSettings model) {
    try {
      return !Endpoint.of(model.baseUrl()).host().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether there is anything to say about it. */
  public boolean isThere() {
    return found.get().config() != null || !found.get().problem().isEmpty();
  }

  /** The store's path; empty if there is none. */
  public String store() {
    return config().map(config -> config.store().toString()).orElse("");
  }

  /** Whether there is a store at that path. */
  public boolean isStoreThere() {
    return found.get().storeIsThere();
  }

  /** For example {@code gpt-5-mini at api.openai.com}; empty if no model is named. */
  public String modelWords() {
    return model()
        .map(
            model ->
                messages.get("openclaw.model", model.model(), Endpoint.of(model.baseUrl()).host()))
        .orElse("");
  }

  /** What is in the way, one sentence or two; empty if nothing. */
  public String problem() {
    if (!found.get().problem().isEmpty()) {
      return messages.words(found.get().problem());
    }
    List<String> all = new ArrayList<>();
    config()
        .filter(OpenClawConfig::redisLock)
        .ifPresent(redis -> all.add(messages.get("openclaw.redis")));
    String unset = config().map(OpenClawViewModel::unset).orElse("");
    if (!unset.isEmpty()) {
      all.add(messages.get("openclaw.unset", unset));
    }
    return String.join(" ", all);
  }

  /** A variable that is named and not set; empty if there is none. */
  private static String unset(OpenClawConfig config) {
    return Stream.of(
            config.unsetOfStore(),
            config.unsetOfModel(),
            config.redis().map(RedisLocking::unset).orElse(""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Opens its store. */
  public void openStore() {
    config().ifPresent(config -> openStore.accept(StoreLocation.of(config.store())));
  }

  /** Takes over its model. */
  public void useModel() {
    model().ifPresent(settings::use);
  }
}
