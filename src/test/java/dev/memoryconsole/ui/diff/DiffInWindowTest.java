package dev.memoryconsole.ui.diff;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ToggleSwitch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.diff.WordDiff;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was there before, what the run wrote, what others wrote, and the result. */
class DiffInWindowTest extends WindowTest {
  private static final String FOUND =
      "{\"access_count\":3,\"l1_overview\":\"- The build of the old team uses"
          + " Maven\",\"note\":\"x\"}";
  private static final String MEANWHILE =
      "{\"access_count\":4,\"l1_overview\":\"- The build of the new team uses"
          + " Maven\",\"note\":\"x\"}";

  private Path store() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>(legacy(3));
    MemoryEntry first = rows.getFirst();
    rows.set(
        0,
        new MemoryEntry(
            first.id(),
            first.text(),
            first.category(),
            first.scope(),
            first.importance(),
            first.timestamp(),
            FOUND,
            1));
    return services.store("a.db", rows);
  }

  /** An agent writes while the model thinks, and once more after the run. */
  private void upgradeBesideAnAgent(Path store) throws Exception {
    services.enricher.hold();
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> services.enricher.waiting() == 1);
    Sql.update(store, "UPDATE memories SET metadata = ? WHERE id = 'm00'", MEANWHILE);
    services.enricher.release();
    until(() -> on("#runAgain") || on("#retry") || on("#expand"));
    until(() -> upgraded(store));
    Sql.update(
        store,
        "UPDATE memories SET metadata = json_set(metadata, '$.tier', 'core') WHERE id = 'm00'");
    key(KeyCode.F5, false, false);
    click(1, false, false);
    click(0, false, false);
    if (!on("#tabs")) {
      // In a narrow window they take the table's place.
      key(KeyCode.ENTER, false, false);
    }
    tab(2);
    until(() -> on("#diffNext"));
    until(() -> shown("tier").contains("core"));
  }

  private static boolean upgraded(Path store) {
    try {
      return Sql.value(store, "SELECT metadata FROM memories WHERE id = 'm00'")
          .contains("upgraded_by");
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The words of a key's block, line by line. */
  private List<String> shown(String key) {
    return ask(
        () -> {
          List<String> words = new ArrayList<>();
          for (Node block : root().lookupAll(".diff-block")) {
            if (block instanceof KeyBlock one && visible(block) && one.key().key().equals(key)) {
              for (Node line : one.lookupAll(".diff-line > *")) {
                words.add(line instanceof Label label ? label.getText() : words(line));
              }
            }
          }
          return words;
        });
  }

  private static String words(Node node) {
    return node instanceof MarkedText text ? text.words() : "";
  }

  private List<String> marked(String key) {
    return ask(
        () -> {
          List<String> words = new ArrayList<>();
          for (Node node : root().lookupAll(".diff-value")) {
            if (node instanceof MarkedText text
                && visible(node)
                && ((KeyBlock) node.getParent().getParent()).key().key().equals(key)) {
              for (WordDiff.Place place : text.places()) {
                words.add(text.words().substring(place.from(), place.to()));
              }
            }
          }
          return words;
        });
  }

  @Test
  void fourPartsSayWhoseEachValueIs() throws Exception {
    Path store = store();
    show(store);
    upgradeBesideAnAgent(store);
    assertThat(shown("access_count"))
        .containsExactly("access_count", "« theirs, kept", "Before", "3", "Others = result", "4");
    assertThat(shown("l1_overview"))
        .startsWith(
            "l1_overview",
            "≠ ours, over theirs",
            "Before",
            "- The build of the old team uses Maven",
            "Others",
            "- The build of the new team uses Maven",
            "Enrichment = result");
    assertThat(marked("l1_overview")).startsWith("old", "new");
    assertThat(shown("tier"))
        .containsExactly(
            "tier", "» theirs, later", "Enrichment", "working", "Others later = result", "core");
    assertThat(shown("upgraded_by")).startsWith("upgraded_by", "+ ours, added");
    assertThat(shown("upgraded_at")).last().asString().startsWith("Nov 23, 2026, 9:30:0");
    assertThat(shown("note")).isEmpty();
    run(() -> node("#onlyChanges", ToggleSwitch.class).setSelected(false));
    assertThat(shown("note")).containsExactly("note", "= kept", "Unchanged", "x");
  }

  @Test
  void changesAreGoneThroughOneByOne() throws Exception {
    Path store = store();
    show(store, Locale.ENGLISH, Theme.LIGHT, 1000, 560);
    upgradeBesideAnAgent(store);
    assertThat(node("#diffPrevious", Button.class).isDisabled()).isTrue();
    List<KeyBlock> blocks = blocks();
    String all = " of " + blocks.size();
    assertThat(ask(() -> node("#diffPosition", Label.class).getText()))
        .isEqualTo(blocks.size() + " changes");
    press("#diffNext");
    assertThat(current()).containsExactly(blocks.getFirst());
    assertThat(says("Change 1" + all)).isTrue();
    run(() -> node("#diffScroll", ScrollPane.class).requestFocus());
    for (int i = 1; i < blocks.size(); i++) {
      key(KeyCode.F7, false, false);
    }
    until(() -> says("Change " + blocks.size() + all));
    assertThat(current()).containsExactly(blocks.getLast());
    assertThat(node("#diffNext", Button.class).isDisabled()).isTrue();
    until(() -> isInSight(blocks.getLast()));
    key(KeyCode.F7, false, true);
    until(() -> says("Change " + (blocks.size() - 1) + all));
    assertThat(isInSight(blocks.get(blocks.size() - 2))).isTrue();
  }

  private List<KeyBlock> blocks() {
    return ask(
        () ->
            root().lookupAll(".diff-block").stream()
                .filter(node -> visible(node) && node instanceof KeyBlock)
                .map(KeyBlock.class::cast)
                .toList());
  }

  private List<KeyBlock> current() {
    return blocks().stream()
        .filter(
            block -> block.getPseudoClassStates().contains(PseudoClass.getPseudoClass("current")))
        .toList();
  }

  private boolean isInSight(KeyBlock block) {
    return ask(
        () -> {
          var room =
              node("#diffScroll", ScrollPane.class)
                  .localToScene(node("#diffScroll", ScrollPane.class).getLayoutBounds());
          var place = block.localToScene(block.getLayoutBounds());
          return place.getMinY() >= room.getMinY() - 1 && place.getMaxY() <= room.getMaxY() + 1;
        });
  }

  @Test
  void theChangesAreCopiedAsJsonPatch() throws Exception {
    Path store = store();
    show(store);
    upgradeBesideAnAgent(store);
    press("#diffCopy");
    String copied = ask(() -> Clipboard.getSystemClipboard().getString());
    JsonNode patch = new ObjectMapper().readTree(copied);
    assertThat(patch)
        .anySatisfy(
            step ->
                assertThat(step)
                    .hasToString("{\"op\":\"replace\",\"path\":\"/access_count\",\"value\":4}"))
        .anySatisfy(
            step ->
                assertThat(step)
                    .hasToString("{\"op\":\"add\",\"path\":\"/tier\",\"value\":\"core\"}"))
        .noneSatisfy(step -> assertThat(step.path("path").textValue()).isEqualTo("/note"));
  }

  @ParameterizedTest
  @CsvSource({
    "en, LIGHT, 1440, 900",
    "zh, DARK, 1440, 900",
    "zh, LIGHT, 900, 560",
    "en, DARK, 900, 560"
  })
  void pictures(String language, Theme theme, int width, int height) throws Exception {
    Path store = store();
    show(store, Locale.forLanguageTag(language), theme, width, height);
    upgradeBesideAnAgent(store);
    press("#diffNext");
    Pictures.shoot(
        stage, "93-four-parts-" + language + "-" + theme.name().toLowerCase(Locale.ROOT));
    assertThat(shown("tier")).isNotEmpty();
  }
}
