package dev.memoryconsole.cli.option;

import dev.memoryconsole.settings.Monitoring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where figures are served while a command or its window is at work. */
public final class MetricsPortOption {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serve figures for Prometheus meanwhile, at http://127.0.0.1:PORT/metrics, to this"
              + " machine only; 'off' for none. Without it, at the port in the settings, if there"
              + " is one.")
  private @Nullable String typed;

  /** What was typed: a port, {@code off}, or neither; null for the settings'. */
  public @Nullable String typed() {
    return typed;
  }

  /** Whether what was typed is neither a port nor {@code off}. */
  public boolean isBad() {
    return typed != null && !Monitoring.isPortOrOff(typed);
  }
}
