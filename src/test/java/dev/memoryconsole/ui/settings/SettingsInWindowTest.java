package dev.memoryconsole.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.ui.ModelWindowTest;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import org.junit.jupiter.api.Test;

/** The settings' screen over a real file. */
class SettingsInWindowTest extends ModelWindowTest {
  @Test
  void settingsAreReachedWithoutAStoreAndByTheirKey() {
    showReal(null);
    key(KeyCode.DIGIT6, true, false);
    until(() -> on("#saveSettings"));
    until(() -> !text("#url").isEmpty());
    assertThat(on("#memories")).isFalse();
    assertThat(ask(() -> node("#simple", RadioButton.class).isSelected())).isTrue();
    assertThat(label("#pricesHint")).contains("Nov 24, 2026");
  }

  @Test
  void theFieldsOfAllFormsBeginInLine() {
    showReal(null);
    openSettings();
    byModel();
    for (int column : new int[] {1, 3}) {
      assertThat(ask(() -> left(column))).as("column %s", column).hasSize(1);
    }
  }

  /** Where the fields in a column of the forms begin, in whole pixels. */
  private Set<Long> left(int column) {
    return root().lookupAll(".settings-grid").stream()
        .filter(Node::isVisible)
        .flatMap(grid -> ((GridPane) grid).getChildren().stream())
        .filter(node -> Integer.valueOf(column).equals(GridPane.getColumnIndex(node)))
        .map(node -> Math.round(node.localToScene(0, 0).getX()))
        .collect(Collectors.toSet());
  }

  @Test
  void aModelIsSavedAndReadAgain() {
    showReal(null);
    openSettings();
    byModel();
    type("#url", "https://models.example/v1");
    type("#modelName", "tidy-1");
    type("#keyName", "TIDY_KEY");
    type("#temperature", "0.3");
    type("#effort", "low");
    type("#timeout", "45");
    type("#concurrency", "12");
    type("#requests", "90");
    type("#tokens", "100000");
    type("#budget", "2.50");
    type("#answerTokens", "800");
    type("#caFile", "/etc/ssl/corp-ca.pem");
    run(() -> language().setValue(AnswerLanguage.ANY));
    run(() -> node("#redact", CheckBox.class).setSelected(true));
    run(() -> node("#leave", RadioButton.class).setSelected(true));
    press("#saveSettings");
    until(() -> noticed("From now on tidy-1 at models.example"));
    Settings saved = settings().load();
    ModelSettings model = saved.configuredModel().orElseThrow();
    assertThat(model.baseUrl()).isEqualTo("https://models.example/v1");
    assertThat(model.key()).isEqualTo(KeySource.ofEnvironment("TIDY_KEY"));
    assertThat(model.temperature()).isEqualTo(0.3);
    assertThat(model.reasoningEffort()).isEqualTo("low");
    assertThat(model.limits().callMillis()).isEqualTo(45_000);
    assertThat(model.limits().concurrency()).isEqualTo(12);
    assertThat(model.limits().requestsPerMinute()).isEqualTo(90);
    assertThat(model.limits().tokensPerMinute()).isEqualTo(100_000);
    assertThat(model.budget()).isEqualByComparingTo("2.50");
    assertThat(model.limits().answerTokens()).isEqualTo(800);
    assertThat(model.caFile()).isEqualTo("/etc/ssl/corp-ca.pem");
    assertThat(model.language()).isEqualTo(AnswerLanguage.ANY);
    assertThat(model.redact()).isTrue();
    assertThat(saved.onFailureOrDefault()).isEqualTo(FailurePolicy.LEAVE);
    until(() -> button("#saveSettings").isDisabled());
    // Read anew, it is on the screen; emptied, it is the endpoint's and Java's own again.
    type("#answerTokens", "");
    press("#discardSettings");
    until(() -> text("#answerTokens").equals("800"));
    assertThat(text("#caFile")).isEqualTo("/etc/ssl/corp-ca.pem");
    assertThat(ask(() -> language().getValue())).isEqualTo(AnswerLanguage.ANY);
    type("#answerTokens", "");
    type("#caFile", "");
    press("#saveSettings");
    until(() -> settings().load().configuredModel().orElseThrow().caFile() == null);
    assertThat(settings().load().configuredModel().orElseThrow().limits().answerTokens()).isZero();
  }

  @SuppressWarnings("unchecked")
  private ComboBox<AnswerLanguage> language() {
    return (ComboBox<AnswerLanguage>) node("#answerLanguage", ComboBox.class);
  }

  @Test
  void theCaFileIsPicked() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----");
    picked = file;
    showReal(null);
    openSettings();
    byModel();
    press("#chooseCa");
    until(() -> text("#caFile").equals(file.toString()));
    assertThat(asked).contains(FilePicker.Purpose.OPEN_CERTIFICATE);
  }

  @Test
  void whatIsWrongIsSaidAtItsFieldAndNothingIsSaved() {
    showReal(null);
    openSettings();
    byModel();
    type("#url", "ftp://models.example");
    type("#modelName", "");
    type("#temperature", "3");
    type("#concurrency", "0");
    type("#budget", "much");
    type("#answerTokens", "0");
    type("#caFile", "corp-ca.pem");
    press("#saveSettings");
    until(() -> label("#urlProblem").startsWith("Enter a URL"));
    assertThat(label("#modelProblem")).startsWith("Name a model");
    assertThat(label("#temperatureProblem")).startsWith("Enter a number from 0 to 2");
    assertThat(label("#concurrencyProblem")).startsWith("Enter a number from 1");
    assertThat(label("#budgetProblem")).startsWith("Enter an amount");
    assertThat(label("#answerProblem")).startsWith("Enter a whole number of 1");
    assertThat(label("#caProblem")).startsWith("Enter the whole path");
    assertThat(settings().load().configuredModel()).isEmpty();
    press("#discardSettings");
    until(() -> label("#urlProblem").isEmpty());
    until(() -> text("#url").equals("https://api.openai.com/v1"));
  }

  @Test
  void plainHttpElsewhereMustBeAllowed() {
    showReal(null);
    openSettings();
    byModel();
    type("#url", "http://10.1.2.3:8000/v1");
    type("#modelName", "m");
    press("#saveSettings");
    until(() -> label("#urlProblem").contains("unencrypted"));
    run(() -> node("#confirmHttp", CheckBox.class).setSelected(true));
    until(() -> label("#urlProblem").isEmpty());
    press("#saveSettings");
    until(() -> settings().load().configuredModel().isPresent());
    assertThat(settings().load().configuredModel().orElseThrow().confirmedHttpHosts())
        .containsExactly("10.1.2.3:8000");
    type("#url", "http://10.1.2.4:8000/v1");
    run(() -> node("#confirmHttp", CheckBox.class).setSelected(false));
    until(() -> label("#urlProblem").contains("unencrypted"));
  }

  @Test
  void aPresetFillsInWhereItsEndpointIs() {
    showReal(null);
    openSettings();
    byModel();
    ComboBox<?> preset = node("#preset", ComboBox.class);
    run(() -> preset.getSelectionModel().select(6));
    until(() -> text("#url").equals("http://127.0.0.1:11434/v1"));
    assertThat(on("#keyName")).isFalse();
    run(() -> preset.getSelectionModel().select(3));
    until(() -> text("#url").equals("https://api.anthropic.com/v1"));
    assertThat(text("#keyName")).isEqualTo("ANTHROPIC_API_KEY");
    assertThat(label("#urlProblem")).isEmpty();
  }

  @Test
  void pricesAreEditedAndTheAppsComeBack() {
    configure(ModelSettings.of("https://models.example/v1", "tidy-1", KeySource.NONE));
    showReal(null);
    openSettings();
    type("#priceModel", "Tidy-1");
    type("#priceInput", "-1");
    type("#priceOutput", "2");
    press("#setPrice");
    until(() -> label("#priceProblem").startsWith("Enter a model and two amounts"));
    type("#priceInput", "0.30");
    press("#setPrice");
    until(() -> label("#priceProblem").isEmpty());
    type("#priceModel", "gpt-5-mini");
    type("#priceInput", "9");
    type("#priceOutput", "9");
    press("#setPrice");
    press("#saveSettings");
    until(() -> settings().load().pricesOrDefault().size() == 2);
    assertThat(settings().load().pricesOrDefault())
        .containsEntry("tidy-1", Price.of("0.30", "2"))
        .containsEntry("gpt-5-mini", Price.of("9", "9"));
    int all = ask(() -> node("#prices", TableView.class).getItems().size());
    press("#resetPrice");
    press("#saveSettings");
    until(() -> settings().load().pricesOrDefault().size() == 1);
    assertThat(ask(() -> node("#prices", TableView.class).getItems().size())).isEqualTo(all);
  }

  @Test
  void theRulesForSnapshotsAreShownAsTheyAreAndSaved() {
    settings().update(now -> now.withSnapshots(false, 7, 2));
    showReal(null);
    openSettings();
    until(() -> node("#settingsKept", Spinner.class).getValue().equals(7));
    assertThat(ask(() -> node("#settingsSnapshots", CheckBox.class).isSelected())).isFalse();
    run(() -> node("#settingsKept", Spinner.class).increment(2));
    run(() -> node("#settingsSnapshots", CheckBox.class).setSelected(true));
    press("#saveSettings");
    until(() -> settings().load().snapshotsKeptOrDefault() == 9);
    assertThat(settings().load().snapshotsOrDefault()).isTrue();
  }

  @Test
  void withoutAModelItsSettingsAreKept() {
    configure(ModelSettings.of("https://models.example/v1", "tidy-1", KeySource.NONE));
    showReal(null);
    openSettings();
    run(() -> node("#simple", RadioButton.class).setSelected(true));
    press("#saveSettings");
    until(() -> noticed("nothing is sent anywhere."));
    assertThat(settings().load().configuredModel()).isEmpty();
    assertThat(settings().load().model()).isNotNull();
  }

  @Test
  void aKeyThatIsPastedIsNotTaken() throws Exception {
    showReal(null);
    openSettings();
    byModel();
    type("#keyName", "MY_KEY");
    type("#keyName", "sk-proj-0123456789abcdefghij");
    until(() -> says("That looks like the key itself"));
    assertThat(text("#keyName")).isEqualTo("MY_KEY");
    type("#modelName", "sk-proj-0123456789abcdefghij");
    assertThat(text("#modelName")).doesNotContain("sk-proj");
  }

  @Test
  void whatOpenClawSaysIsOfferedWithOneClick() throws Exception {
    Files.writeString(
        folder.resolve("openclaw.json"),
        """
        { plugins: { entries: { 'memory-lancedb-pro': { config: {
            dbPath: '%s',
            llm: { apiKey: '${GROQ_API_KEY}', model: 'openai/gpt-oss-120b',
                   baseURL: 'https://api.groq.example/v1' },
            locking: { redis: { enabled: true } } } } } } }
        """
            .formatted(services.store("claw.db", legacy(4))));
    showReal(null);
    until(() -> says("openai/gpt-oss-120b at api.groq.example"));
    assertThat(says("lock this store through Redis")).isTrue();
    press(".openclaw-model");
    until(() -> on("#saveSettings"));
    until(() -> text("#url").equals("https://api.groq.example/v1"));
    until(() -> settings().load().configuredModel().isPresent());
    assertThat(settings().load().configuredModel().orElseThrow().key())
        .isEqualTo(KeySource.ofEnvironment("GROQ_API_KEY"));
    press(".openclaw-store");
    until(() -> rows() == 4);
  }

  @Test
  void aStoreThatIsNotThereYetIsNotOffered() throws Exception {
    Files.writeString(
        folder.resolve("openclaw.json"),
        "{plugins: {entries: {'memory-lancedb-pro': {config: {dbPath: './nowhere'}}}}}");
    showReal(null);
    until(() -> says("nothing there yet"));
    assertThat(on(".openclaw-store")).isFalse();
    assertThat(on(".openclaw-model")).isFalse();
  }

  @Test
  void aConfigurationThatCannotBeReadIsSaid() throws Exception {
    Files.writeString(folder.resolve("openclaw.json"), "{ plugins: ");
    showReal(null);
    until(() -> says("is not valid JSON5"));
  }
}
