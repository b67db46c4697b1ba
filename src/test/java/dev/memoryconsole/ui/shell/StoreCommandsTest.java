package dev.memoryconsole.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.files.OpenDatabases;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of files that are dropped on the window; without the window. */
class StoreCommandsTest extends WindowTest {
  private static final String TWO =
      """
      {"memories": [
        {"id": "a", "text": "One.", "category": "fact", "scope": "global", "metadata": "{}"},
        {"id": "b", "text": "Two.", "category": "fact", "scope": "global", "metadata": "{}"}
      ]}\
      """;

  private final Messages messages = Messages.of(Locale.ENGLISH);
  private final Notices notices = new Notices(messages);
  private final Confirmations confirmations = new Confirmations();
  private final Tasks tasks = new Tasks(background, notices);
  private final Session session = new Session(tasks);

  @AfterEach
  void closeStore() {
    run(() -> session.show(null));
  }

  @Test
  void aDroppedStoreIsOpened() throws Exception {
    Path store = services.store("a.db", legacy(3));
    drop(store);
    until(() -> session.totals().get().total() == 3);
  }

  @Test
  void theFolderOfThePluginIsAskedForAndOpened() throws Exception {
    picked = services.store("a.db", legacy(3));
    run(() -> commands().openFolder());
    until(() -> session.totals().get().total() == 3);
    assertThat(asked).containsExactly(FilePicker.Purpose.OPEN_FOLDER);
  }

  @Test
  void droppedMemoriesBecomeANewStore() throws Exception {
    picked = folder.resolve("new.db");
    drop(Files.writeString(folder.resolve("export.json"), TWO));
    until(() -> session.totals().get().total() == 2);
    assertThat(asked).containsExactly(FilePicker.Purpose.NEW_STORE);
  }

  @Test
  void memoriesDroppedOnAStoreAreImportedAfterAQuestion() throws Exception {
    drop(services.store("a.db", legacy(3)));
    until(() -> session.totals().get().total() == 3);
    drop(Files.writeString(folder.resolve("export.json"), TWO));
    until(() -> confirmations.question().get() != null);
    assertThat(session.totals().get().total()).isEqualTo(3);
    run(() -> confirmations.confirm(false));
    until(() -> session.totals().get().total() == 5);
    assertThat(notices.shown().getFirst().text())
        .isEqualTo("Imported: 2 added, 0 replaced, 0 were there already.");
  }

  @Test
  void whatCannotBeOpenedLeavesTheStoreOpen() throws Exception {
    drop(services.store("a.db", legacy(3)));
    until(() -> session.totals().get().total() == 3);
    drop(Files.writeString(folder.resolve("notes.db"), "not a database"));
    until(() -> !notices.shown().isEmpty());
    assertThat(session.totals().get().total()).isEqualTo(3);
  }

  @Test
  void anOpeningThatIsCancelledClosesWhatItOpenedAndKeepsWhatWasOpen() throws Exception {
    Path first = services.store("a.db", legacy(3));
    drop(first);
    until(() -> session.totals().get().total() == 3);
    Path second = services.store("b.db", legacy(2));
    CountDownLatch isOpen = new CountDownLatch(1);
    CountDownLatch isCancelled = new CountDownLatch(1);
    services.opened =
        () -> {
          isOpen.countDown();
          boolean interrupted = false;
          while (isCancelled.getCount() > 0) {
            try {
              isCancelled.await();
            } catch (InterruptedException e) {
              interrupted = true;
            }
          }
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        };
    TopBarWork work = new TopBarWork(tasks, notices);
    run(() -> commands(work).drop(second));
    isOpen.await();
    assertThat(OpenDatabases.isOpen(second)).isTrue();
    run(work::cancel);
    isCancelled.countDown();
    until(() -> !OpenDatabases.isOpen(second));
    assertThat(OpenDatabases.isOpen(first)).isTrue();
    assertThat(session.totals().get().total()).isEqualTo(3);
    assertThat(notices.shown()).isEmpty();
  }

  @Test
  void whatAStoreHasToSayIsSaidInTheWindowsLanguage() throws Exception {
    Path store = services.store("a.db", legacy(3));
    Sql.run(store, "CREATE TRIGGER audit AFTER UPDATE ON memories BEGIN SELECT 1; END");
    TopBarWork work = new TopBarWork(tasks, notices);
    run(() -> commands(work, Messages.of(Locale.CHINA)).drop(store));
    until(() -> !notices.shown().isEmpty());
    assertThat(notices.shown().getFirst().text())
        .isEqualTo("每次写入 " + store.toRealPath() + " 还会触发另一个程序放入其中的内容：触发器 audit。");
  }

  private void drop(Path file) {
    run(() -> commands().drop(file));
  }

  private StoreCommands commands() {
    return commands(new TopBarWork(tasks, notices));
  }

  private StoreCommands commands(TopBarWork work) {
    return commands(work, messages);
  }

  private StoreCommands commands(TopBarWork work, Messages words) {
    return new StoreCommands(
        services,
        session,
        new RunMonitor(session, tasks, notices, () -> UpgradeOptions.DEFAULT),
        tasks,
        work,
        (purpose, name) -> {
          asked.add(purpose);
          return Optional.ofNullable(picked);
        },
        notices,
        confirmations,
        new ImportQuestion(services, tasks, words),
        words);
  }
}
