package dev.memoryconsole.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.store.contract.PatchingContract;
import dev.memoryconsole.store.contract.ReadingContract;
import dev.memoryconsole.store.contract.StoreContract;
import dev.memoryconsole.store.contract.StoreEngine;
import dev.memoryconsole.store.contract.WholeRowContract;
import dev.memoryconsole.store.insert.ExistingRows;
import dev.memoryconsole.store.insert.InsertReport;
import dev.memoryconsole.store.insert.RowInsertion;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table does what every store does, however its metadata is kept, and takes new rows. */
@Tag("postgres")
class PostgresStoreContractTest {
  @Nested
  class Reading extends ReadingContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("jsonb");
    }
  }

  @Nested
  class ReadingTexts extends ReadingContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("text");
    }
  }

  @Nested
  class Patching extends PatchingContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("jsonb");
    }
  }

  @Nested
  class PatchingTexts extends PatchingContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("text");
    }
  }

  @Nested
  class WholeRows extends WholeRowContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("jsonb");
    }
  }

  @Nested
  class WholeRowsOfJson extends WholeRowContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("json");
    }
  }

  @Nested
  class Inserting extends StoreContract {
    @Override
    protected StoreEngine engine() {
      return new PostgresEngine("jsonb");
    }

    @Test
    void insertSkipsOrReplacesWhatIsThere() throws Exception {
      add(entry("a", "old", "{}"));
      MemoryEntry other = entry("a", "new", UPGRADED);
      RowInsertion target = (RowInsertion) store;
      assertThat(target.insert(List.of(other, at("b", 1)), ExistingRows.SKIP))
          .isEqualTo(new InsertReport(1, 0, 1));
      assertThat(only("a").text()).isEqualTo("old");
      assertThat(target.insert(List.of(other, at("c", 1), at("c", 2)), ExistingRows.REPLACE))
          .isEqualTo(new InsertReport(1, 2, 0));
      assertThat(only("a").text()).isEqualTo("new");
      assertThat(only("a").metadata()).isEqualTo(asKept(UPGRADED));
      assertThat(only("a").version()).isEqualTo(2);
      assertThat(only("c").timestamp()).isEqualTo(2);
    }
  }
}
