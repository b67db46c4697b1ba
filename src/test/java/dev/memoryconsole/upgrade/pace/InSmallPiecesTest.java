package dev.memoryconsole.upgrade.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.store.OtherWriters;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What follows a hold where only who wants the same row waits for it. */
class InSmallPiecesTest {
  private static final OtherWriters NOBODY = new OtherWriters(false, false);
  private static final OtherWriters SOMEBODY = new OtherWriters(true, false);

  private final InSmallPieces pacing = new InSmallPieces();

  @Test
  void restsWhileOthersAreAtWorkAndOnlyThen() {
    long hold = TimeUnit.MILLISECONDS.toNanos(2);
    assertThat(pacing.restNanos(hold, NOBODY)).isZero();
    assertThat(pacing.restNanos(hold, SOMEBODY)).isEqualTo(49 * hold);
  }

  @Test
  void aLongHoldIsFollowedByAQuarterOfASecond() {
    assertThat(pacing.restNanos(TimeUnit.SECONDS.toNanos(3), SOMEBODY))
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
  }
}
