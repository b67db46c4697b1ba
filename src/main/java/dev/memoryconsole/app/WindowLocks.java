package dev.memoryconsole.app;

import dev.memoryconsole.metrics.MetricsException;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.ui.services.LockRules;
import dev.memoryconsole.ui.services.LockServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The window's rules for locks, as the settings have them. Thread-safe. */
final class WindowLocks implements LockServices {
  private static final Logger LOG = LoggerFactory.getLogger(WindowLocks.class);

  private final SettingsInForce settings;
  private final ServedMetrics metrics;
  private @Nullable Upgrades open;

  WindowLocks(SettingsInForce settings, ServedMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Turns to the store that the window shows from now on. */
  synchronized void opened(Upgrades store) {
    open = store;
    metrics.show(store);
  }

  @Override
  public LockRules load() {
    Settings now = settings.reload();
    return new LockRules(
        LockingOptions.batching(now.lockingOrDefault()),
        now.lockingOrDefault().commitOrDefault(),
        now.monitoringOrDefault().locksOrDefault(),
        now.monitoringOrDefault().port());
  }

  @Override
  public synchronized void save(LockRules rules) {
    Integer before = metrics.port();
    move(rules.metricsPort());
    try {
      settings.change(
          now ->
              now.withLocking(
                  LockingOptions.of(rules), new Monitoring(rules.recorded(), rules.metricsPort())));
    } catch (RuntimeException e) {
      metrics.move(before);
      throw e;
    }
    if (open != null) {
      open.store().lockMetrics().setOn(rules.recorded());
    }
  }

  /** Bears with the port that was set before: another window that has it must not hinder saving. */
  private void move(@Nullable Integer port) {
    try {
      metrics.move(port);
    } catch (MetricsException e) {
      if (!Objects.equals(port, settings.now().monitoringOrDefault().port())) {
        throw e;
      }
      LOG.info("Still not served: {}", e.getMessage());
    }
  }

  @Override
  public Served served() {
    return new Served(metrics.port(), metrics.isNamed());
  }
}
