package dev.memoryconsole.ui.settings;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.settings.AnswerLanguage;
import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.settings.Preset;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.Reveal;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.text.Choices;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.settings.ModelDraft.Field;
import dev.memoryconsole.ui.settings.ModelDraft.KeyKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds the settings' screen to its view model. */
public final class SettingsController {
  private static final double ROW = 28;
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

  private final SettingsViewModel model;
  private final FilePicker files;
  private final Messages messages;
  private final Label keyHint = new Label();
  private @Nullable ModelFields fields;

  @FXML private Node root;
  @FXML private ScrollPane scroll;
  @FXML private RadioButton simple;
  @FXML private RadioButton byModel;
  @FXML private VBox modelSections;
  @FXML private ComboBox<Preset> preset;
  @FXML private TextField url;
  @FXML private CheckBox http;
  @FXML private TextField modelName;
  @FXML private Button list;
  @FXML private ListView<String> offered;
  @FXML private ComboBox<KeyKind> keyKind;
  @FXML private TextField keyName;
  @FXML private VBox keyBox;
  @FXML private TextField ca;
  @FXML private TextField temperature;
  @FXML private TextField effort;
  @FXML private TextField timeout;
  @FXML private TextField window;
  @FXML private TextField answerTokens;
  @FXML private ComboBox<AnswerLanguage> language;
  @FXML private TextField concurrency;
  @FXML private TextField requests;
  @FXML private TextField tokens;
  @FXML private TextField budget;
  @FXML private CheckBox redact;
  @FXML private RadioButton fallback;
  @FXML private RadioButton leave;
  @FXML private LockRulesController lockRulesController;
  @FXML private CheckBox snapshots;
  @FXML private Spinner<Integer> kept;
  @FXML private ProgressIndicator asking;
  @FXML private Label answer;
  @FXML private Button test;
  @FXML private Button stop;
  @FXML private Button discard;
  @FXML private Button save;

  /** Called by the loader. */
  public SettingsController(SettingsViewModel model, FilePicker files, Messages messages) {
    this.model = model;
    this.files = files;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    root.visibleProperty()
        .addListener(
            (value, before, now) -> {
              if (now) {
                model.load();
              }
            });
    bindChoices();
    bindFields();
    bindModelList();
    snapshots.selectedProperty().bindBidirectional(model.snapshots());
    IntegerSpinnerValueFactory range =
        new IntegerSpinnerValueFactory(Settings.SNAPSHOTS_LEAST, Settings.SNAPSHOTS_MOST);
    kept.setValueFactory(range);
    range.valueProperty().bindBidirectional(model.snapshotsKept());
    model.problems().addListener((value, before, now) -> showProblems(now));
    model.trial().state().addListener((value, before, now) -> showTrial(now));
    model.dirty().addListener((value, before, now) -> showDirty(now));
    test.setGraphic(Icons.of(Feather.ZAP));
    stop.setGraphic(Icons.of(Feather.X));
    FoldedForm.follow(scroll.getContent(), scroll.widthProperty());
    showProblems(model.problems().get());
    showTrial(model.trial().state().get());
    showDirty(model.dirty().get());
  }

  /** The titles of the page's parts, from top to bottom. */
  List<Label> sections() {
    return scroll.getContent().lookupAll(".settings-title").stream()
        .filter(Label.class::isInstance)
        .map(Label.class::cast)
        .toList();
  }

  /** Scrolls to a part, and puts the focus on the first thing in it. */
  void reveal(Label title) {
    Reveal.within(scroll, title.getParent());
    title.getParent().lookupAll("*").stream()
        .filter(node -> node.isFocusTraversable() && !node.isDisabled() && node.isVisible())
        .findFirst()
        .ifPresent(Node::requestFocus);
  }

  private void bindChoices() {
    byModel.selectedProperty().bindBidirectional(model.used());
    model.used().addListener((value, before, now) -> showUsed(now));
    showUsed(model.used().get());
    model.onFailure().addListener((value, before, now) -> showOnFailure(now));
    leave
        .selectedProperty()
        .addListener(
            (value, before, now) ->
                model.onFailure().set(now ? FailurePolicy.LEAVE : FailurePolicy.FALLBACK));
    showOnFailure(model.onFailure().get());
    Choices.fill(preset, List.of(Preset.values()), this::presetName);
    preset
        .valueProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                model.choose(now);
              }
            });
    model.form().preset().addListener((value, before, now) -> preset.setValue(now));
    preset.setValue(model.form().preset().get());
    Choices.fill(keyKind, List.of(KeyKind.values()), this::keyKindName);
    keyKind.valueProperty().bindBidirectional(model.form().keyKind());
    model.form().keyKind().addListener(value -> showKey());
    Choices.fill(language, List.of(AnswerLanguage.values()), this::languageName);
    language.valueProperty().bindBidirectional(model.form().language());
    redact.selectedProperty().bindBidirectional(model.form().redact());
    http.selectedProperty().bindBidirectional(model.form().httpConfirmed());
  }

  private void showUsed(boolean used) {
    simple.setSelected(!used);
    byModel.setSelected(used);
    modelSections.setDisable(!used);
    test.setDisable(!used);
  }

  private void showOnFailure(FailurePolicy policy) {
    leave.setSelected(policy == FailurePolicy.LEAVE);
    fallback.setSelected(policy == FailurePolicy.FALLBACK);
  }

  private String presetName(Preset one) {
    return switch (one) {
      case OPENAI -> "OpenAI";
      case OPENROUTER -> "OpenRouter";
      case DEEPSEEK -> "DeepSeek";
      case ANTHROPIC -> "Anthropic";
      case VLLM -> "vLLM";
      case LM_STUDIO -> "LM Studio";
      case OLLAMA -> "Ollama";
      case CUSTOM -> messages.get("settings.custom");
    };
  }

  private String keyKindName(KeyKind kind) {
    return switch (kind) {
      case NONE -> messages.get("settings.noKey");
      case ENVIRONMENT -> messages.get("settings.variable");
      case KEYCHAIN -> messages.get("settings.systemKeychain");
    };
  }

  private String languageName(AnswerLanguage one) {
    return switch (one) {
      case MEMORY -> messages.get("settings.languageOfMemory");
      case ANY -> messages.get("settings.anyLanguage");
    };
  }

  private void bindFields() {
    keyHint.getStyleClass().add("muted");
    keyHint.setWrapText(true);
    keyHint.setMinHeight(Label.USE_PREF_SIZE);
    keyBox.getChildren().add(keyHint);
    Map<Field, TextField> byField = new EnumMap<>(Field.class);
    byField.put(Field.URL, url);
    byField.put(Field.MODEL, modelName);
    byField.put(Field.KEY, keyName);
    byField.put(Field.CA, ca);
    byField.put(Field.TEMPERATURE, temperature);
    byField.put(Field.EFFORT, effort);
    byField.put(Field.TIMEOUT, timeout);
    byField.put(Field.WINDOW, window);
    byField.put(Field.ANSWER, answerTokens);
    byField.put(Field.CONCURRENCY, concurrency);
    byField.put(Field.REQUESTS, requests);
    byField.put(Field.TOKENS, tokens);
    byField.put(Field.BUDGET, budget);
    fields =
        new ModelFields(
            byField, model.form(), () -> keyHint.setText(messages.get("settings.thatIsTheKey")));
    url.textProperty().addListener(value -> showHttp());
    // A refused change must not take the hint away that says why.
    keyName.textProperty().addListener((value, before, now) -> showKey());
    showHttp();
    showKey();
  }

  private void showHttp() {
    String host = model.form().draft().plainHost().orElse("");
    shown(http, !host.isEmpty());
    http.setText(messages.get("settings.confirmHttp", host));
  }

  private void showKey() {
    keyHint.setText(model.keyHint());
    shown(keyName, model.form().keyKind().get() != KeyKind.NONE);
  }

  private void bindModelList() {
    offered.setItems(model.trial().models());
    offered
        .getItems()
        .addListener(
            (ListChangeListener<String>) change -> shown(offered, !offered.getItems().isEmpty()));
    offered.setFixedCellSize(ROW);
    shown(offered, false);
    offered
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (value, before, now) -> {
              if (now != null) {
                modelName.setText(now);
              }
            });
  }

  private void showProblems(Map<Field, String> wrong) {
    if (fields != null) {
      fields.show(wrong);
    }
  }

  private void showTrial(ModelTrial.State state) {
    boolean busy = state instanceof ModelTrial.State.Asking;
    shown(asking, busy);
    shown(stop, busy);
    shown(test, !busy);
    list.setDisable(busy);
    boolean good = state instanceof ModelTrial.State.Over over && over.good();
    boolean bad = state instanceof ModelTrial.State.Over over && !over.good();
    answer.pseudoClassStateChanged(GOOD, good);
    answer.pseudoClassStateChanged(WRONG, bad);
    answer.setText(
        switch (state) {
          case ModelTrial.State.Nothing nothing -> "";
          case ModelTrial.State.Asking now -> now.words();
          case ModelTrial.State.Over over -> over.words();
        });
  }

  private void showDirty(boolean dirty) {
    save.setDisable(!dirty);
    discard.setDisable(!dirty);
  }

  @FXML
  void chooseCa() {
    files
        .pick(FilePicker.Purpose.OPEN_CERTIFICATE, "")
        .ifPresent(file -> ca.setText(file.toAbsolutePath().toString()));
  }

  @FXML
  void list() {
    model.list();
  }

  @FXML
  void test() {
    model.test();
  }

  @FXML
  void stop() {
    model.trial().cancel();
  }

  @FXML
  void discard() {
    model.reload();
  }

  @FXML
  void save() {
    model.save();
    Optional.ofNullable(fields)
        .flatMap(ModelFields::firstWrong)
        .or(lockRulesController::firstWrong)
        .ifPresent(
            wrong -> {
              wrong.requestFocus();
              Reveal.within(scroll, wrong);
            });
  }
}
