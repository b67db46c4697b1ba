package dev.memoryconsole.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  @TempDir Path folder;

  @Test
  void pathIsShownAsGivenAndKnownByItsRealName() throws IOException {
    Path real = Files.createFile(folder.toRealPath().resolve("memories.db"));
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), real);

    StoreLocation given = StoreLocation.parse(link.toString()).orElseThrow();

    assertThat(given).hasToString(link.toString());
    assertThat(given.name()).isEqualTo("link.db");
    assertThat(given.canonical()).isEqualTo(StoreLocation.of(real));
    assertThat(given.canonical().key()).isEqualTo(real.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://sam:s3cret@db.example/memories, postgresql://sam@db.example/memories",
    "PostgreSQL://sam:a:b@DB.example:5432/memories, postgresql://sam@db.example:5432/memories",
    "postgresql://db/memories?user=sam&password=s3cret&sslmode=require,"
        + " postgresql://db/memories?user=sam&sslmode=require",
    "postgresql://sam@[::1]:5432/memories, postgresql://sam@[::1]:5432/memories",
    "'postgresql://sam:s3cret@One:5432,two/memories', 'postgresql://sam@one:5432,two/memories'",
    "postgresql://db, postgresql://db"
  })
  void passwordIsNowhereInTheUrlOfAServer(String typed, String kept) {
    StoreLocation location = StoreLocation.parse(typed).orElseThrow();

    assertThat(location.key()).isEqualTo(kept);
    assertThat(StoreLocation.parse(kept)).contains(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://sam:s3/cret@db/memories",
        "postgresql://sam:12/cret@db/memories",
        "postgresql://sam:s3?cret@db/memories",
        "postgresql://sam:s3cret/memories",
        "postgresql://sam:s3cret,two:5432/memories",
        "postgresql://",
        "no\0path"
      })
  void whatMayHideAPasswordIsNoLocation(String typed) {
    assertThat(StoreLocation.parse(typed)).isEmpty();
  }

  @Test
  void serverIsCalledByItsDatabase() {
    assertThat(StoreLocation.parse("postgresql://db/memories?a=b").orElseThrow().name())
        .isEqualTo("memories");
    assertThat(
            StoreLocation.parse("postgresql://db/agents?table=public.memories")
                .orElseThrow()
                .name())
        .isEqualTo("agents");
    assertThat(
            StoreLocation.parse("postgresql://db/agents?sslmode=allow&table=old.notes")
                .orElseThrow()
                .name())
        .isEqualTo("agents · old.notes");
    assertThat(StoreLocation.parse("postgresql://db").orElseThrow().name())
        .isEqualTo("postgresql://db");
  }
}
