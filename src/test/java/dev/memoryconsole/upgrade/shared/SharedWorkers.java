package dev.memoryconsole.upgrade.shared;

import dev.memoryconsole.testing.OtherJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Consoles in processes of their own that work on one run. */
public final class SharedWorkers implements AutoCloseable {
  private final String url;
  private final Path folder;
  private final long lease;
  private final long modelMillis;
  private final int places;
  private final List<Process> all = new ArrayList<>();
  private int journals;

  /**
   * Starts none yet.
   *
   * @param lease milliseconds
   * @param modelMillis what a memory takes
   * @param places how many are asked about at once, by each
   */
  public SharedWorkers(String url, Path folder, long lease, long modelMillis, int places) {
    this.url = url;
    this.folder = folder;
    this.lease = lease;
    this.modelMillis = modelMillis;
    this.places = places;
  }

  /** Starts one, which waits for {@link #go}. */
  public Process start(long run) throws IOException {
    Process process =
        new ProcessBuilder(
                OtherJava.command(
                    List.of("-Xmx128m"),
                    SharedWorkerMain.class.getName(),
                    url,
                    folder.resolve("worker" + journals++ + ".db"),
                    run,
                    lease,
                    modelMillis,
                    places))
            .redirectErrorStream(true)
            .start();
    all.add(process);
    return process;
  }

  /** Waits until it has opened the table. */
  public static BufferedReader ready(Process worker) throws IOException {
    BufferedReader lines = worker.inputReader();
    String line = lines.readLine();
    while (!"ready".equals(line)) {
      if (line == null) {
        throw new IOException("it ended before it began");
      }
      line = lines.readLine();
    }
    return lines;
  }

  /** Lets one begin. */
  public static void go(Process worker) throws IOException {
    worker.getOutputStream().write('\n');
    worker.getOutputStream().flush();
  }

  /** Has a process stand still, or go on. */
  public static void signal(Process worker, String signal) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(worker.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills those that are left. */
  @Override
  public void close() {
    for (Process each : all) {
      each.destroyForcibly();
      try {
        if (!each.waitFor(1, TimeUnit.MINUTES)) {
          throw new UncheckedIOException(new IOException("it can't be killed"));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
