package dev.memoryconsole.ui.overview;

import dev.memoryconsole.store.facet.Breakdown;
import dev.memoryconsole.store.facet.Breakdowns;
import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.store.facet.Facets;
import dev.memoryconsole.store.facet.LargeMemory;
import dev.memoryconsole.store.facet.TimeBreakdown;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Renewal;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.upgrade.Upgrades;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts what only reading every memory tells, while somebody looks at it: one question after the
 * other, each shown as soon as it is answered, and again whenever the store may have changed. User
 * interface's thread only.
 */
final class FacetCounts {
  /** How many of the largest are listed. */
  static final int MOST_LARGEST = 10;

  private static final Duration MOMENT = Duration.millis(400);

  /** How far it is. */
  enum Progress {
    DONE,
    COUNTING,
    /** Counting, for so long that it is to be said. */
    COUNTING_LONG,
    /** The admin did not want to wait, or it failed. */
    STOPPED
  }

  /**
   * What is known.
   *
   * @param facets those that are counted
   * @param largest null until they are known
   */
  record Known(Map<Facet, Breakdown> facets, @Nullable List<LargeMemory> largest) {
    static final Known NOTHING = new Known(Map.of(), null);

    Known {
      facets = Map.copyOf(facets);
    }

    private Known with(Breakdown... more) {
      Map<Facet, Breakdown> all = new EnumMap<>(Facet.class);
      all.putAll(facets);
      for (Breakdown each : more) {
        all.put(each.facet(), each);
      }
      return new Known(all, largest);
    }
  }

  private final Session session;
  private final Tasks.Latest question;
  private final Clock clock;
  private final Renewal counts = new Renewal();
  private final PauseTransition moment = new PauseTransition(MOMENT);
  private final ReadOnlyObjectWrapper<Known> known = new ReadOnlyObjectWrapper<>(Known.NOTHING);
  private final ReadOnlyObjectWrapper<Progress> progress =
      new ReadOnlyObjectWrapper<>(Progress.DONE);
  private boolean shown;
  private boolean stale;

  FacetCounts(Session session, Tasks tasks, Clock clock) {
    this.session = session;
    this.question = tasks.latest();
    this.clock = clock;
    moment.setOnFinished(event -> progress.set(Progress.COUNTING_LONG));
    session.upgrades().addListener(value -> reset());
    session.revision().addListener(value -> changed());
    session.wishes().addListener(value -> wanted());
  }

  ReadOnlyObjectProperty<Known> known() {
    return known.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Progress> progress() {
    return progress.getReadOnlyProperty();
  }

  /** Counts only while this is so. */
  void show(boolean now) {
    shown = now;
    countIfWanted();
  }

  /** Waits no longer; what is known by now stays. */
  void stop() {
    question.cancel();
    end(Progress.STOPPED);
  }

  /** Counts again after a stop. */
  void again() {
    progress.set(Progress.DONE);
    stale = true;
    countIfWanted();
  }

  private void reset() {
    question.cancel();
    counts.reset();
    moment.stop();
    stale = false;
    known.set(Known.NOTHING);
    progress.set(Progress.DONE);
  }

  /** Whoever asks for all of it does not mean it to stay stopped. */
  private void wanted() {
    if (progress.get() == Progress.STOPPED) {
      progress.set(Progress.DONE);
    }
  }

  private void changed() {
    stale = true;
    countIfWanted();
  }

  private void countIfWanted() {
    Upgrades open = session.open();
    if (shown && stale && open != null && progress.get() != Progress.STOPPED) {
      stale = false;
      counts.ask(() -> countTimes(open));
    }
  }

  private void countTimes(Upgrades open) {
    progress.set(Progress.COUNTING);
    moment.playFromStart();
    TimeBreakdown times = new TimeBreakdown(clock);
    question.run(
        () -> facets(open).byTime(times.edges()),
        counted -> {
          known.set(known.get().with(times.months(counted), times.ages(counted)));
          countMetadata(open);
        },
        () -> end(Progress.STOPPED));
  }

  private void countMetadata(Upgrades open) {
    question.run(
        () -> facets(open).byMetadata(),
        counted -> {
          known.set(
              known
                  .get()
                  .with(
                      Breakdowns.tiers(counted),
                      Breakdowns.sources(counted),
                      Breakdowns.recalls(counted)));
          findLargest(open);
        },
        () -> end(Progress.STOPPED));
  }

  private void findLargest(Upgrades open) {
    question.run(
        () -> facets(open).largest(MOST_LARGEST),
        found -> {
          known.set(new Known(known.get().facets(), List.copyOf(found)));
          end(Progress.DONE);
        },
        () -> end(Progress.STOPPED));
  }

  private static Facets facets(Upgrades open) {
    return open.store().facets();
  }

  private void end(Progress how) {
    moment.stop();
    progress.set(how);
    counts.done();
  }
}
