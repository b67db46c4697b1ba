package dev.memoryconsole.ui.common.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.ui.common.text.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FileFiltersTest {
  private final Messages messages = Messages.of(Locale.ENGLISH);

  /** The first filter is the one in force: what it hides, nobody knows to look for. */
  @Test
  void allThatCanBeImportedIsSeenAtOnce() {
    assertThat(
            FileChooserPicker.filters(FilePicker.Purpose.IMPORT, messages)
                .getFirst()
                .getExtensions())
        .containsExactly("*.json", "*.jsonl", "*.ndjson");
  }

  @Test
  void everyFileHasAFilter() {
    for (FilePicker.Purpose purpose : FilePicker.Purpose.values()) {
      assertThat(FileChooserPicker.filters(purpose, messages).isEmpty())
          .isEqualTo(purpose == FilePicker.Purpose.OPEN_FOLDER);
    }
  }
}
