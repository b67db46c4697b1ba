package dev.memoryconsole.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Language;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.settings.look.WindowLook;
import dev.memoryconsole.settings.look.WindowPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the app remembers between starts.
 *
 * @param theme the window's colours; null for the system's
 * @param recent the keys of stores that were opened, the latest first, at most {@value
 *     #RECENT_KEPT}
 * @param snapshots whether a snapshot is taken before each run
 * @param snapshotsKept how many snapshots of each store are kept, {@value #SNAPSHOTS_LEAST} to
 *     {@value #SNAPSHOTS_MOST}
 * @param snapshotsGigabytes how much the snapshots of all stores may take together, 1 to {@value
 *     #GIGABYTES_MOST} GiB; the newest of each store is kept anyway
 * @param model the model that enriches; null for none
 * @param prices the admin's own prices by model, over those that come with the app
 * @param modelOff whether the model is kept but not used
 * @param onFailure what becomes of a memory that the model fails on
 * @param monitoring what is recorded of locks, and who may read it
 * @param locking how runs take a store's lock
 * @param look how the memories screen is arranged, and the views that were saved
 * @param language the window's language; null for the system's
 * @param textSize the size of the window's text in per cent; null for the usual
 * @param window where the window was when it was closed; null for where it comes
 * @param reopens whether the window begins with the store that was opened last; null for yes
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settings(
    @Nullable Theme theme,
    @Nullable List<String> recent,
    @Nullable Boolean snapshots,
    @Nullable Integer snapshotsKept,
    @Nullable Integer snapshotsGigabytes,
    @Nullable ModelSettings model,
    @Nullable Map<String, Price> prices,
    @Nullable Boolean modelOff,
    @Nullable FailurePolicy onFailure,
    @Nullable Monitoring monitoring,
    @Nullable Locking locking,
    @Nullable WindowLook look,
    @Nullable Language language,
    @Nullable Integer textSize,
    @Nullable WindowPlace window,
    @Nullable Boolean reopens) {
  /** How many recent stores are remembered. */
  public static final int RECENT_KEPT = 10;

  /** The newest snapshot is always kept. */
  public static final int SNAPSHOTS_LEAST = 1;

  /** More than anybody looks through. */
  public static final int SNAPSHOTS_MOST = 100;

  /** More than anybody has for copies. */
  public static final int GIGABYTES_MOST = 10_000;

  private static final int SNAPSHOTS_KEPT = 5;
  private static final int SNAPSHOT_GIGABYTES = 2;

  /** The settings of a first start. */
  public static final Settings DEFAULT =
      new Settings(
          null,
          List.of(),
          true,
          SNAPSHOTS_KEPT,
          SNAPSHOT_GIGABYTES,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  /** How the window looks, with its defaults. */
  public Appearance appearance() {
    return new Appearance(
        theme,
        language,
        textSize == null ? Appearance.USUAL.textSize() : textSize,
        reopens == null || reopens);
  }

  /** The keys of the recent stores, with their default. */
  public List<String> recentOrDefault() {
    return recent == null ? List.of() : recent;
  }

  /** Whether a snapshot is taken before each run, with its default: yes. */
  public boolean snapshotsOrDefault() {
    return snapshots == null || snapshots;
  }

  /** How many snapshots of each store are kept, with its default and within its bounds. */
  public int snapshotsKeptOrDefault() {
    return snapshotsKept == null
        ? SNAPSHOTS_KEPT
        : Math.clamp(snapshotsKept, SNAPSHOTS_LEAST, SNAPSHOTS_MOST);
  }

  /** How much all snapshots may take in GiB, with its default and within its bounds. */
  public int snapshotsGigabytesOrDefault() {
    return snapshotsGigabytes == null
        ? SNAPSHOT_GIGABYTES
        : Math.clamp(snapshotsGigabytes, 1, GIGABYTES_MOST);
  }

  /** Changes the rules for snapshots. */
  public Settings withSnapshots(boolean beforeRuns, int kept, int gigabytes) {
    return changed(
        draft -> {
          draft.snapshots = beforeRuns;
          draft.snapshotsKept = kept;
          draft.snapshotsGigabytes = gigabytes;
        });
  }

  /** The model that enriches, if one is configured and not switched off. */
  public Optional<ModelSettings> configuredModel() {
    return Boolean.TRUE.equals(modelOff) ? Optional.empty() : Optional.ofNullable(model);
  }

  /** Has the model used, or only kept. */
  public Settings withModelOff(boolean off) {
    return changed(draft -> draft.modelOff = off);
  }

  /** What becomes of a memory that the model fails on, with its default: the simple enrichment. */
  public FailurePolicy onFailureOrDefault() {
    return onFailure == null ? FailurePolicy.FALLBACK : onFailure;
  }

  /** Changes what becomes of a memory that the model fails on. */
  public Settings withOnFailure(FailurePolicy rule) {
    return changed(draft -> draft.onFailure = rule);
  }

  /** The admin's own prices, with their default. */
  public Map<String, Price> pricesOrDefault() {
    return prices == null ? Map.of() : prices;
  }

  /** What is recorded of locks, with its default. */
  public Monitoring monitoringOrDefault() {
    return monitoring == null ? Monitoring.DEFAULT : monitoring;
  }

  /** How runs take a store's lock, with its default. */
  public Locking lockingOrDefault() {
    return locking == null ? Locking.DEFAULT : locking;
  }

  /** Changes the rules for locks, and for what is recorded of them. */
  public Settings withLocking(Locking newLocking, Monitoring newMonitoring) {
    return changed(
        draft -> {
          draft.monitoring = newMonitoring;
          draft.locking = newLocking;
        });
  }

  /** How the memories screen is arranged, with its default. */
  public WindowLook lookOrDefault() {
    return look == null ? WindowLook.DEFAULT : look;
  }

  /** Changes how the memories screen is arranged. */
  public Settings withLook(WindowLook newLook) {
    return changed(draft -> draft.look = newLook);
  }

  /** Where the window was; null for where it comes. */
  public @Nullable WindowPlace windowPlace() {
    return window == null || !window.isSound() ? null : window;
  }

  /** Changes where the window was. */
  public Settings withWindow(WindowPlace place) {
    return changed(draft -> draft.window = place);
  }

  /** Changes how the window looks. */
  public Settings withAppearance(Appearance appearance) {
    return changed(
        draft -> {
          draft.theme = appearance.theme();
          draft.language = appearance.language();
          draft.textSize = appearance.textSize();
          draft.reopens = appearance.reopens();
        });
  }

  /**
   * Changes the model; null for none.
   *
   * @throws IllegalArgumentException if the place of the key or the base URL can't be one: they may
   *     hold a key or a password, and a file must not
   */
  public Settings withModel(@Nullable ModelSettings newModel) {
    if (newModel != null) {
      newModel
          .key()
          .problem()
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(Wording.ENGLISH.of(problem));
              });
      if (!newModel.baseUrl().isEmpty()) {
        Endpoint.of(newModel.baseUrl());
      }
    }
    return changed(draft -> draft.model = newModel);
  }

  /** Changes the admin's own prices. */
  public Settings withPrices(Map<String, Price> newPrices) {
    return changed(draft -> draft.prices = Map.copyOf(newPrices));
  }

  /** Puts the store with this key first among the recent ones. */
  public Settings withRecent(String store) {
    List<String> stores = new ArrayList<>();
    stores.add(store);
    recentOrDefault().stream()
        .filter(other -> !other.equals(store))
        .limit(RECENT_KEPT - 1)
        .forEach(stores::add);
    return changed(draft -> draft.recent = List.copyOf(stores));
  }

  private Settings changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** A copy whose parts can be changed one by one. */
  private static final class Draft {
    private @Nullable Theme theme;
    private @Nullable List<String> recent;
    private @Nullable Boolean snapshots;
    private @Nullable Integer snapshotsKept;
    private @Nullable Integer snapshotsGigabytes;
    private @Nullable ModelSettings model;
    private @Nullable Map<String, Price> prices;
    private @Nullable Boolean modelOff;
    private @Nullable FailurePolicy onFailure;
    private @Nullable Monitoring monitoring;
    private @Nullable Locking locking;
    private @Nullable WindowLook look;
    private @Nullable Language language;
    private @Nullable Integer textSize;
    private @Nullable WindowPlace window;
    private @Nullable Boolean reopens;

    Draft(Settings from) {
      theme = from.theme;
      recent = from.recent;
      snapshots = from.snapshots;
      snapshotsKept = from.snapshotsKept;
      snapshotsGigabytes = from.snapshotsGigabytes;
      model = from.model;
      prices = from.prices;
      modelOff = from.modelOff;
      onFailure = from.onFailure;
      monitoring = from.monitoring;
      locking = from.locking;
      look = from.look;
      language = from.language;
      textSize = from.textSize;
      window = from.window;
      reopens = from.reopens;
    }

    Settings settings() {
      return new Settings(
          theme,
          recent,
          snapshots,
          snapshotsKept,
          snapshotsGigabytes,
          model,
          prices,
          modelOff,
          onFailure,
          monitoring,
          locking,
          look,
          language,
          textSize,
          window,
          reopens);
    }
  }
}
