package dev.memoryconsole.ui.locks.waits;

import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.record.LockLog;
import dev.memoryconsole.lock.record.WaitRecord;
import dev.memoryconsole.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one look found.
 *
 * @param told whether the store's server tells who waits for whom
 * @param now who waits right now, the longest first; empty if that was not asked
 * @param before who was seen waiting in the stretch on screen and does not any more, the latest
 *     first
 * @param hiddenFrom the user to whom the server does not show what others do; empty if it does
 */
public record ShownWaits(
    boolean told, List<SeenWait> now, List<SeenWait> before, String hiddenFrom) {
  static final ShownWaits NONE = new ShownWaits(false, List.of(), List.of(), "");

  /** The most of a stretch that are read. */
  private static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ShownWaits.class);

  /** Whether there is anything to tell. */
  public boolean isEmpty() {
    return now.isEmpty() && before.isEmpty();
  }

  /** Looks; asks the server only if {@code live}. Not for the user interface's thread. */
  static ShownWaits look(LockLog log, Stretch stretch, boolean live) {
    WaitRecord.Now asked = live ? ask(log) : WaitRecord.Now.NOBODY;
    List<SeenWait> before =
        new ArrayList<>(log.waits(stretch.fromMillis(), stretch.toMillis(), MOST));
    before.removeIf(wait -> asked.waiting().stream().anyMatch(wait::isSame));
    return new ShownWaits(log.tellsWaits(), asked.waiting(), before.reversed(), asked.hiddenFrom());
  }

  /** Nobody also where the server is away: whoever reads or writes says so. */
  private static WaitRecord.Now ask(LockLog log) {
    try {
      return log.lookForWaits();
    } catch (StoreException e) {
      LOG.debug("Who waits for whom can't be told", e);
      return WaitRecord.Now.NOBODY;
    }
  }
}
