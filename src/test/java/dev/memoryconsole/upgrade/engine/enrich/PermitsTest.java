package dev.memoryconsole.upgrade.engine.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many work at once. */
class PermitsTest {
  @Test
  void permitsCanGrowAndShrinkWhileTheyAreTaken() {
    Permits permits = new Permits(2);
    assertThat(permits.tryAcquire(2)).isTrue();
    permits.limit(5);
    assertThat(permits.limit()).isEqualTo(5);
    assertThat(permits.tryAcquire(3)).isTrue();
    assertThat(permits.tryAcquire()).isFalse();
    permits.limit(1);
    permits.release(4);
    assertThat(permits.availablePermits()).isZero();
    permits.release();
    assertThat(permits.tryAcquire()).isTrue();
    permits.limit(1);
    assertThat(permits.availablePermits()).isZero();
  }
}
