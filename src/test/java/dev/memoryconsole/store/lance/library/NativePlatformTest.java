package dev.memoryconsole.store.lance.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Windows 11, amd64, false",
    "Mac OS X, x86_64, false",
    "Linux, amd64, true",
    "Linux, riscv64, false"
  })
  void aPlatformWithoutLance(String os, String architecture, boolean musl) {
    assertThatThrownBy(() -> NativePlatform.of(os, architecture, musl))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(os, "nothing was changed");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86-64",
    "Linux, aarch64, linux-aarch64",
    "Mac OS X, aarch64, darwin-aarch64"
  })
  void aPlatformWithLance(String os, String architecture, String expected) {
    assertThat(NativePlatform.of(os, architecture, false).folder()).isEqualTo(expected);
  }
}
