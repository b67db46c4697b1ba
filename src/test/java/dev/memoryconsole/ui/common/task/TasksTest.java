package dev.memoryconsole.ui.common.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.store.sqlite.connection.FileAccess;
import dev.memoryconsole.store.sqlite.connection.ReadPool;
import dev.memoryconsole.store.sqlite.connection.SqliteCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** How slow work is done: bounded, in lanes, stopped once nobody waits, told of on one thread. */
@Tag("ui")
class TasksTest {
  private static final String NEVER_ENDS =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

  private final Background background = new Background();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Tasks tasks = new Tasks(background, failures::add);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger blocked = new AtomicInteger();

  @TempDir Path folder;

  @BeforeAll
  static void startToolkit() throws Exception {
    FxToolkit.registerPrimaryStage();
  }

  @AfterEach
  void close() {
    gate.countDown();
    fx(tasks::stop);
    background.close();
  }

  @Test
  void aSupersededReadIsStoppedDownToItsStatement() throws Exception {
    try (ReadPool pool =
        new ReadPool(Files.createFile(folder.resolve("store.db")), FileAccess.WRITABLE)) {
      CountDownLatch runs = new CountDownLatch(1);
      AtomicBoolean ended = new AtomicBoolean();
      List<String> answers = new ArrayList<>();
      Tasks.Latest[] latest = new Tasks.Latest[1];
      fx(
          () -> {
            latest[0] = tasks.latest();
            latest[0].run(
                () -> {
                  try {
                    return count(pool, NEVER_ENDS, runs);
                  } finally {
                    ended.set(true);
                  }
                },
                answers::add);
          });
      until(() -> runs.getCount() == 0);
      fx(() -> latest[0].run(() -> count(pool, "SELECT 7", runs), answers::add));
      until(ended::get);
      until(() -> !answers.isEmpty());
      assertThat(answers).containsExactly("7");
      assertThat(failures).isEmpty();
    }
  }

  private static String count(ReadPool pool, String sql, CountDownLatch runs) {
    return pool.read(
        SqliteCode.COUNTING,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            runs.countDown();
            try (ResultSet row = statement.executeQuery(sql)) {
              return row.getString(1);
            }
          }
        });
  }

  @Test
  void fiveHundredReadsTakeFourThreads() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    fx(
        () -> {
          for (int i = 0; i < 500; i++) {
            tasks.read(
                () -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  return atOnce.decrementAndGet();
                },
                left -> done.incrementAndGet());
          }
        });
    until(() -> done.get() == 500);
    assertThat(most.get()).isBetween(1, 4);
    assertThat(background.mostThreads(Lane.READS)).isBetween(1, 4);
  }

  @Test
  void whatIsCancelledInTheQueueNeverBegins() {
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean behind = new AtomicBoolean();
    fx(
        () -> {
          fillReads(4);
          Tasks.Latest latest = tasks.latest();
          latest.run(() -> begun.getAndSet(true), was -> {});
          latest.cancel();
          tasks.read(() -> true, behind::set);
        });
    gate.countDown();
    until(behind::get);
    assertThat(begun).isFalse();
  }

  @Test
  void noReadKeepsAnActionWaiting() {
    AtomicBoolean done = new AtomicBoolean();
    fx(
        () -> {
          fillReads(100);
          tasks.run(() -> true, done::set);
        });
    until(done::get);
    assertThat(blocked.get()).isEqualTo(4);
  }

  @Test
  void anActionIsNeverStopped() {
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean stopped = new AtomicBoolean(true);
    fx(
        () -> {
          tasks.run(
              () -> {
                gate.await();
                stopped.set(Cancellation.current().getAsBoolean());
                return done.getAndSet(true);
              },
              was -> {});
          tasks.stop();
        });
    gate.countDown();
    until(done::get);
    assertThat(stopped).isFalse();
  }

  @Test
  void thePageAskedForLastIsReadFirst() {
    List<Integer> read = new CopyOnWriteArrayList<>();
    fx(
        () -> {
          fillReads(4);
          Pages pages = tasks.pages();
          for (int i = 0; i < 6; i++) {
            int page = i;
            pages.read(() -> page, read::add, () -> {});
          }
        });
    gate.countDown();
    until(() -> read.size() == 6);
    // Two were under way when the others were asked for.
    assertThat(read.subList(2, 6)).containsExactlyInAnyOrder(2, 3, 4, 5);
    assertThat(read.indexOf(5)).isLessThan(read.indexOf(2));
  }

  @Test
  void pagesThatOthersWereAskedForSinceAreNotRead() {
    List<Integer> read = new CopyOnWriteArrayList<>();
    List<Integer> dropped = new CopyOnWriteArrayList<>();
    fx(
        () -> {
          fillReads(4);
          Pages pages = tasks.pages();
          for (int i = 0; i < 20; i++) {
            int page = i;
            pages.read(() -> page, read::add, () -> dropped.add(page));
          }
        });
    gate.countDown();
    until(() -> read.size() == 6);
    assertThat(read).containsExactlyInAnyOrder(0, 1, 16, 17, 18, 19);
    assertThat(dropped).hasSize(14).contains(2, 15).isSorted();
  }

  @Test
  void whatIsReadAgainAndAgainComesToItsEndAndRests() {
    List<String> read = new CopyOnWriteArrayList<>();
    Renewal[] renewal = new Renewal[1];
    fx(
        () -> {
          renewal[0] = new Renewal();
          renewal[0].ask(() -> read.add("first"));
          renewal[0].ask(() -> read.add("second"));
          renewal[0].ask(() -> read.add("third"));
        });
    assertThat(read).containsExactly("first");
    fx(() -> renewal[0].done());
    until(() -> read.size() == 2);
    assertThat(read).containsExactly("first", "third");
    fx(
        () -> {
          renewal[0].ask(() -> read.add("never"));
          renewal[0].reset();
          renewal[0].ask(() -> read.add("anew"));
        });
    assertThat(read).containsExactly("first", "third", "anew");
  }

  @Test
  void pagesOfAListThatIsGoneAreNotRead() {
    List<Integer> read = new CopyOnWriteArrayList<>();
    fx(
        () -> {
          fillReads(4);
          Pages pages = tasks.pages();
          for (int i = 0; i < 6; i++) {
            int page = i;
            pages.read(() -> page, read::add, () -> {});
          }
          pages.cancel();
          pages.read(() -> 9, read::add, () -> {});
        });
    gate.countDown();
    until(() -> read.contains(9));
    assertThat(read).containsExactly(9);
  }

  @Test
  void progressArrivesOnTheUserInterfacesThread() {
    List<Long> told = new CopyOnWriteArrayList<>();
    AtomicBoolean elsewhere = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    fx(
        () -> {
          Slot<Long> slot = tasks.slot(true);
          slot.progress()
              .addListener(
                  (value, before, now) -> {
                    elsewhere.compareAndSet(false, !Platform.isFxApplicationThread());
                    if (now != null) {
                      told.add(now);
                    }
                  });
          slot.run(
              progress -> {
                for (long i = 1; i <= 10_000; i++) {
                  progress.accept(i);
                }
                return true;
              },
              result -> done.set(result && !slot.isBusy() && slot.progress().get() == null));
        });
    until(done::get);
    assertThat(elsewhere).isFalse();
    assertThat(told).isSorted().endsWith(10_000L);
    // The newest is shown, not each.
    assertThat(told).hasSizeLessThan(10_000);
  }

  @Test
  void whatWasMadeInSpiteOfCancelIsGivenBack() {
    List<String> given = new CopyOnWriteArrayList<>();
    List<String> shown = new CopyOnWriteArrayList<>();
    fx(
        () -> {
          Slot<Long> slot = tasks.slot(false);
          slot.run(
              progress -> {
                gate.await();
                return "store";
              },
              shown::add,
              failures::add,
              given::add);
          slot.cancel();
        });
    CountDownLatch begun = new CountDownLatch(1);
    fx(
        () -> {
          Slot<Long> slot = tasks.slot(false);
          slot.run(
              progress -> {
                begun.countDown();
                gate.await();
                return "another";
              },
              shown::add,
              failures::add,
              given::add);
          await().until(() -> begun.getCount() == 0);
          slot.cancel();
        });
    gate.countDown();
    until(() -> given.contains("another"));
    assertThat(shown).isEmpty();
    assertThat(failures).isEmpty();
  }

  /** Reads that end when the gate opens. */
  private void fillReads(int count) {
    for (int i = 0; i < count; i++) {
      tasks.read(
          () -> {
            blocked.incrementAndGet();
            gate.await();
            return true;
          },
          done -> {});
    }
    await().until(() -> blocked.get() >= 4);
  }

  private static void fx(Runnable action) {
    WaitForAsyncUtils.waitForAsyncFx(30_000, action);
  }

  private static void until(BooleanSupplier condition) {
    await().until(() -> WaitForAsyncUtils.waitForAsyncFx(30_000, condition::getAsBoolean));
  }
}
