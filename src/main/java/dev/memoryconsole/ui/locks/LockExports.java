package dev.memoryconsole.ui.locks;

import dev.memoryconsole.exchange.LockExport;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.ui.common.PngFile;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.image.Image;

/** Saves what the locks screen shows. User interface's thread only. */
public final class LockExports {
  private final LocksViewModel model;
  private final Session session;
  private final Tasks tasks;
  private final FilePicker files;
  private final Notices notices;
  private final Messages messages;

  /** For the store of this session. */
  public LockExports(
      LocksViewModel model,
      Session session,
      Tasks tasks,
      FilePicker files,
      Notices notices,
      Messages messages) {
    this.model = model;
    this.session = session;
    this.tasks = tasks;
    this.files = files;
    this.notices = notices;
    this.messages = messages;
  }

  /** Writes what was going on in a range of time, and says what it has written. */
  @FunctionalInterface
  private interface Write {
    String to(Path file, LockLog locks, long from, long to);
  }

  void csv() {
    export(
        FilePicker.Purpose.EXPORT_CSV,
        "lock-acquisitions.csv",
        (file, locks, from, to) -> {
          List<LockAcquisition> events = locks.events(from, to, Integer.MAX_VALUE);
          LockExport.csv(events, file);
          return messages.get("locks.export.done", events.size(), name(file));
        });
  }

  void waitsCsv() {
    export(
        FilePicker.Purpose.EXPORT_CSV,
        "lock-waits.csv",
        (file, locks, from, to) -> {
          List<SeenWait> waits = locks.waits(from, to, Integer.MAX_VALUE);
          LockExport.waitsCsv(waits, file);
          return messages.get("locks.export.waitsDone", waits.size(), name(file));
        });
  }

  void json() {
    export(
        FilePicker.Purpose.EXPORT_JSON,
        "lock-acquisitions.json",
        (file, locks, from, to) -> {
          List<LockAcquisition> events = locks.events(from, to, Integer.MAX_VALUE);
          List<SeenWait> waits = locks.waits(from, to, Integer.MAX_VALUE);
          LockExport.json(events, waits, file);
          return locks.tellsWaits() || !waits.isEmpty()
              ? messages.get("locks.export.bothDone", events.size(), waits.size(), name(file))
              : messages.get("locks.export.done", events.size(), name(file));
        });
  }

  void png(Supplier<? extends Image> picture) {
    files
        .pick(FilePicker.Purpose.EXPORT_PNG, "lock-picture.png")
        .ifPresent(
            file -> {
              PngFile.Pixels pixels = PngFile.pixels(picture.get());
              tasks.run(
                  () -> {
                    PngFile.write(pixels, file);
                    return file;
                  },
                  done -> notices.success(messages.get("locks.export.picture", name(done))));
            });
  }

  private void export(FilePicker.Purpose purpose, String suggested, Write write) {
    Upgrades open = session.open();
    if (open == null) {
      return;
    }
    RunRecord run = model.run().get();
    long now = model.now() + 1;
    long from =
        run == null
            ? now - model.span().get().millis()
            : run.startedAt() - RunSurroundings.MARGIN_MILLIS;
    long to =
        run == null
            ? now
            : Math.min(now, RunSurroundings.end(run, now) + RunSurroundings.MARGIN_MILLIS);
    files
        .pick(purpose, suggested)
        .ifPresent(
            file -> tasks.runLong(() -> write.to(file, open.locks(), from, to), notices::success));
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
