package dev.memoryconsole.ui.runs;

import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.report.RunReports;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Slot;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Clock;
import javafx.beans.property.ReadOnlyBooleanProperty;

/** Saves what became of a run. User interface's thread only. */
public final class ReportSaver {
  private final Session session;
  private final Slot<Integer> writing;
  private final FilePicker files;
  private final Notices notices;
  private final Messages messages;
  private final RunReports reports;

  /** For the store of this session. */
  public ReportSaver(
      Session session,
      Tasks tasks,
      FilePicker files,
      Notices notices,
      Clock clock,
      Messages messages) {
    this.session = session;
    this.writing = tasks.slot(false);
    this.files = files;
    this.notices = notices;
    this.messages = messages;
    this.reports = new RunReports(clock, messages.locale());
    session.upgrades().addListener(value -> writing.cancel());
  }

  /** Whether a report is being written: a large one takes a while. */
  ReadOnlyBooleanProperty busy() {
    return writing.busy();
  }

  @FunctionalInterface
  private interface Write {
    void to(Upgrades open, long run, Path file);
  }

  void html(RunRecord run) {
    save(run, FilePicker.Purpose.EXPORT_HTML, "html", reports::html);
  }

  void csv(RunRecord run) {
    save(run, FilePicker.Purpose.EXPORT_CSV, "csv", reports::csv);
  }

  private void save(RunRecord run, FilePicker.Purpose purpose, String ending, Write write) {
    Upgrades open = session.open();
    if (open != null) {
      files
          .pick(purpose, "run-" + run.id() + "." + ending)
          .ifPresent(
              file ->
                  writing.run(
                      progress -> {
                        write.to(open, run.id(), file);
                        return StoreLocation.of(file).name();
                      },
                      name -> notices.success(messages.get("runs.reported", run.id(), name))));
    }
  }
}
