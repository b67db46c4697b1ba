package dev.memoryconsole.store.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.store.StoreLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
  private static PostgresAddress read(String url) {
    return PostgresAddress.of(StoreLocation.parse(url).orElseThrow(), "me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "postgresql://db postgresql://me@db:5432/me?table=memories",
        "postgresql://u@a,b:5433/d?table=s.t postgresql://u@a:5432,b:5433/d?table=s.t",
        "postgres://u@a,b/d?targetservertype=PRIMARY"
            + " postgresql://u@a:5432,b:5432/d?table=memories&targetServerType=primary",
        "postgres://u@a,b/d?target_session_attrs=prefer-standby"
            + " postgresql://u@a:5432,b:5432/d?table=memories&targetServerType=preferSecondary",
        "postgresql://u@[::1],b/d postgresql://u@[::1]:5432,b:5432/d?table=memories"
      })
  void everyPlaceHasOneUrl(String typed, String key) {
    assertThat(read(typed).location()).hasToString(key);
    assertThat(read(key).location()).hasToString(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u@a,b/d?targetServerType=whichever",
        "postgresql://u@a,b/d?target_session_attrs=whichever",
        "postgresql://u@a/d?socketFactory=x"
      })
  void whatADriverWouldMakeOfItIsNotTried(String typed) {
    assertThatThrownBy(() -> read(typed)).isInstanceOf(StoreException.class);
  }

  @Test
  void theOrderOfHostsMakesNoOtherPlace() {
    assertThat(read("postgresql://u@a,b/d").isSamePlace(read("postgresql://v@b,a/d"))).isTrue();
    assertThat(read("postgresql://u@a,b/d").isSamePlace(read("postgresql://u@a/d"))).isFalse();
  }
}
