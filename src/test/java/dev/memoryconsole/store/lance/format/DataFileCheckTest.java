package dev.memoryconsole.store.lance.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.store.lance.PluginTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a data file would end the process if Lance's library got to see it. */
@Tag("slow")
class DataFileCheckTest {
  private static final int FOOTER = 40;

  @TempDir private Path folder;
  private Path dataset;
  private Manifest.DataFile data;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void copy() throws Exception {
    dataset = PluginTable.copyOf("fork-store", folder.resolve("fork")).resolve("memories.lance");
    long version = Manifest.latest(dataset).orElseThrow();
    data = Manifest.read(dataset, version).files().iterator().next();
    file = dataset.resolve("data").resolve(data.name());
    bytes = Files.readAllBytes(file);
  }

  /** The offset is from the footer's beginning. */
  @ParameterizedTest
  @CsvSource({
    "0, 2", // Where the columns begin: later,
    "1, 2", // earlier,
    "7, 1", // far away.
    "32, 2", // The version of the format, which decides how the rest is read.
    "34, 2"
  })
  void aFooterThatDoesNotFitIsRefused(int offset, int flip) throws Exception {
    bytes[bytes.length - FOOTER + offset] ^= (byte) flip;
    Files.write(file, bytes);
    assertThatThrownBy(() -> DataFileCheck.check(dataset, data))
        .isInstanceOf(DamagedFileException.class);
  }

  /** Texts are of bytes: their values have eight bits. */
  @Test
  void textsOfOtherThanBytesAreRefused() throws Exception {
    byte[] bits = {8, 8, 18}; // The field bits_per_value = 8, then the place of the values.
    int at = Collections.lastIndexOfSubList(Bytes.list(bytes), Bytes.list(bits));
    assertThat(at).isPositive();
    for (int other : new int[] {9, 10, 24, 72}) {
      byte[] damaged = bytes.clone();
      damaged[at + 1] = (byte) other;
      Files.write(file, damaged);
      assertThatThrownBy(() -> DataFileCheck.check(dataset, data))
          .as("%d bits", other)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void everyBitOfWhatAFileSaysOfItselfMayBeWrong() throws Exception {
    assertThatCode(() -> DataFileCheck.check(dataset, data)).doesNotThrowAnyException();
    int refused = 0;
    for (int bit = 0; bit < 1_000 * Byte.SIZE; bit++) {
      byte[] damaged = Arrays.copyOf(bytes, bytes.length);
      damaged[bytes.length - 1 - bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(file, damaged);
      try {
        DataFileCheck.check(dataset, data);
      } catch (DamagedFileException said) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_500);
  }

  private static final class Bytes {
    static java.util.List<Byte> list(byte[] bytes) {
      Byte[] boxed = new Byte[bytes.length];
      Arrays.setAll(boxed, i -> bytes[i]);
      return Arrays.asList(boxed);
    }
  }
}
