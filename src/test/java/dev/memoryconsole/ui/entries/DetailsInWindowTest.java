package dev.memoryconsole.ui.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.testing.Sql;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.ui.entries.details.MetadataLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;

/** All about one memory, and the way to those that it names. */
class DetailsInWindowTest extends WindowTest {
  private static final String METADATA =
      """
      {"l0_abstract":"The build uses Gradle.","memory_category":"cases","upgraded_at":%d,\
      "upgraded_by":"simple","access_count":3,"last_accessed_at":%d,\
      "relations":[{"type":"about","targetId":"m02"},{"type":"about","targetId":"gone-1"}],\
      "supersedes":"m01","history":[{"at":%d,"what":"written"}]}\
      """
          .formatted(
              CLOCK.millis() - 120_000, CLOCK.millis() - 3_600_000, CLOCK.millis() - 86_400_000);

  private final FxRobot mouse = new FxRobot();

  private List<MemoryEntry> memories() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>(legacy(4));
    rows.set(0, with(rows.get(0), METADATA));
    rows.set(1, with(rows.get(1), "{\"superseded_by\":\"m00\"}"));
    rows.set(3, with(rows.get(3), "no json"));
    return rows;
  }

  private static MemoryEntry with(MemoryEntry row, String metadata) {
    return new MemoryEntry(
        row.id(),
        row.text(),
        row.category(),
        row.scope(),
        row.importance(),
        row.timestamp(),
        metadata,
        1);
  }

  private void open(int row) {
    click(row, false, false);
    if (!on("#tabs")) {
      key(KeyCode.ENTER, false, false);
    }
  }

  private boolean inTree(String words) {
    return ask(
        () ->
            root().lookupAll(".tree-table-cell").stream()
                .anyMatch(
                    cell ->
                        visible(cell)
                            && cell instanceof TreeTableCell<?, ?> one
                            && words.equals(one.getText())));
  }

  private String tipOf(String words) {
    return ask(
        () ->
            root().lookupAll(".tree-table-cell").stream()
                .filter(
                    cell ->
                        visible(cell)
                            && cell instanceof TreeTableCell<?, ?> one
                            && words.equals(one.getText())
                            && one.getTooltip() != null)
                .map(cell -> ((TreeTableCell<?, ?>) cell).getTooltip().getText())
                .findFirst()
                .orElse(""));
  }

  private Hyperlink link(String words) {
    return ask(
        () ->
            root().lookupAll(".hyperlink").stream()
                .filter(node -> visible(node) && node instanceof Hyperlink)
                .map(Hyperlink.class::cast)
                .filter(one -> one.getText().startsWith(words))
                .findFirst()
                .orElse(null));
  }

  private void follow(String words) {
    until(() -> link(words) != null);
    run(() -> link(words).fire());
  }

  private boolean titled(String words) {
    return ask(
        () ->
            root().lookup(".details .title") instanceof javafx.scene.control.Label label
                && label.getText().startsWith(words));
  }

  @Test
  void metadataIsATreeWithTimesInWordsOrRaw() throws Exception {
    show(services.store("a.db", memories()));
    open(0);
    tab(1);
    until(() -> inTree("2 min ago"));
    assertThat(tipOf("2 min ago"))
        .contains(Long.toString(CLOCK.millis() - 120_000))
        .contains("2026");
    assertThat(inTree("1 h ago")).isTrue();
    // What is in a list is there as well, and can be closed.
    assertThat(inTree("1 element")).isTrue();
    assertThat(inTree("yesterday")).isTrue();
    assertThat(inTree("The build uses Gradle.")).isTrue();
    TreeTableView<?> tree = node(".metadata-tree", TreeTableView.class);
    run(
        () -> {
          tree.getSelectionModel().select(0);
          tree.requestFocus();
        });
    key(KeyCode.C, true, false);
    assertThat(ask(() -> Clipboard.getSystemClipboard().getString()))
        .isEqualTo("The build uses Gradle.");
    press("#asRaw");
    until(() -> on("#metadata") && !on(".metadata-tree"));
    assertThat(ask(() -> node("#metadata", TextArea.class).getText()))
        .contains("\"l0_abstract\": \"The build uses Gradle.\"");
    press("#asTree");
    until(() -> on(".metadata-tree") && !on("#metadata"));
  }

  @ParameterizedTest
  @CsvSource({"100", "150"})
  void keysBeginWhereWhatIsAboveThemDoes(int percent) throws Exception {
    appearance = Appearance.USUAL.withTextSize(percent);
    show(services.store("a.db", memories()));
    open(1);
    tab(1);
    until(() -> inTree("superseded_by"));
    double above = ask(() -> left(root().lookup("#asTree")));
    assertThat(ask(() -> left(text(".metadata-tree .column-header .text", "Key"))))
        .isCloseTo(above, within(1.0));
    assertThat(ask(() -> left(text(".metadata-tree .tree-table-cell .text", "superseded_by"))))
        .isCloseTo(above, within(1.0));
  }

  @Test
  void whatIsInAListIsClosedByItsArrow() throws Exception {
    show(services.store("a.db", memories()));
    open(0);
    tab(1);
    until(() -> inTree("yesterday"));
    mouse.clickOn(ask(() -> arrow("history")));
    until(() -> !inTree("yesterday"));
    mouse.clickOn(ask(() -> arrow("history")));
    until(() -> inTree("yesterday"));
  }

  private Node arrow(String key) {
    return root().lookupAll(".tree-table-row-cell").stream()
        .filter(
            row ->
                row instanceof TreeTableRow<?> one
                    && one.getItem() instanceof MetadataLine line
                    && line.name().equals(key))
        .map(row -> row.lookup(".arrow"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private Node text(String selector, String words) {
    return root().lookupAll(selector).stream()
        .filter(node -> node instanceof Text text && words.equals(text.getText()))
        .findFirst()
        .orElseThrow();
  }

  private static double left(Node node) {
    return node.localToScene(node.getLayoutBounds()).getMinX();
  }

  @Test
  void whatIsNoObjectIsShownRaw() throws Exception {
    show(services.store("a.db", memories()));
    open(3);
    tab(1);
    until(() -> on("#metadata"));
    assertThat(ask(() -> node("#metadata", TextArea.class).getText())).isEqualTo("no json");
    assertThat(node("#asTree", ToggleButton.class).isDisabled()).isTrue();
    open(0);
    until(() -> on(".metadata-tree"));
  }

  @Test
  void relatedMemoriesAreLinksWithAWayBack() throws Exception {
    show(services.store("a.db", memories()));
    open(0);
    until(() -> says("replaces"));
    assertThat(says("gone-1 is not in this store")).isTrue();
    assertThat(on("#back")).isFalse();
    follow("Memory m01");
    until(() -> titled("Memory m01"));
    until(() -> says("replaced by"));
    follow("Memory m00");
    until(() -> titled("Memory m00"));
    press("#back");
    until(() -> titled("Memory m01"));
    key(KeyCode.LEFT);
    until(() -> titled("Memory m00") && !on("#back"));
    // A memory that names none says nothing of it.
    open(2);
    until(() -> titled("Memory m02"));
    assertThat(on("#related")).isFalse();
  }

  private void key(KeyCode code) {
    run(
        () ->
            node("#tabs", Node.class)
                .fireEvent(
                    new javafx.scene.input.KeyEvent(
                        javafx.scene.input.KeyEvent.KEY_PRESSED,
                        "",
                        "",
                        code,
                        false,
                        false,
                        true,
                        false)));
  }

  @Test
  void memoriesOfTheListAreGoneThroughInTheDetails() throws Exception {
    show(services.store("a.db", memories()), Locale.ENGLISH, Theme.LIGHT, 900, 560);
    open(0);
    until(() -> titled("Memory m00"));
    press("#nextMemory");
    until(() -> titled("Memory m01"));
    key(KeyCode.DOWN);
    until(() -> titled("Memory m02"));
    press("#previousMemory");
    until(() -> titled("Memory m01"));
    assertThat(on("#tabs")).isTrue();
  }

  @Test
  void whatARunThatHasEndedLeftOpenIsNotAtWork() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(3)));
    click(0, true, false);
    press("#upgradeSelected");
    until(() -> services.enricher.waiting() == 1);
    press("#cancel");
    services.enricher.release();
    until(() -> says("Run 1 cancelled"));
    // As a run that was killed leaves it.
    Sql.run(
        services.journal(),
        "UPDATE runs SET state = 'INTERRUPTED'",
        "UPDATE entries SET state = 'ENRICHING', waiting = NULL");
    open(1);
    open(0);
    tab(3);
    until(() -> on("#history"));
    until(() -> says("not reached"));
    assertThat(says("at work")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "en, LIGHT, 1440, 900",
    "zh, DARK, 1440, 900",
    "zh, LIGHT, 900, 560",
    "en, DARK, 900, 560"
  })
  void pictures(String language, Theme theme, int width, int height) throws Exception {
    show(services.store("a.db", memories()), Locale.forLanguageTag(language), theme, width, height);
    open(0);
    until(() -> on("#related"));
    follow("Memory m01");
    until(() -> titled("Memory m01"));
    follow("Memory m00");
    until(() -> titled("Memory m00") && on("#related"));
    String name = language + "-" + theme.name().toLowerCase(Locale.ROOT);
    Pictures.shoot(stage, "94-related-" + name);
    tab(1);
    until(() -> on(".metadata-tree"));
    run(() -> {});
    Pictures.shoot(stage, "95-metadata-tree-" + name);
    TreeTableView<?> tree = node(".metadata-tree", TreeTableView.class);
    assertThat(((MetadataLine) tree.getRoot().getChildren().getFirst().getValue()).name())
        .isEqualTo("l0_abstract");
  }
}
