package dev.memoryconsole.ui.database;

import static dev.memoryconsole.ui.common.Shown.shown;

import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.ui.common.Icons;
import dev.memoryconsole.ui.common.dialog.Overlay;
import dev.memoryconsole.ui.common.text.Choices;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.database.DatabaseViewModel.PasswordKind;
import dev.memoryconsole.ui.database.DatabaseViewModel.State;
import dev.memoryconsole.ui.services.DatabaseForm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Binds what asks for a database to its view model. */
public final class DatabaseController {
  private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final List<String> SSL_MODES =
      List.of("", "disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private final DatabaseViewModel model;
  private final Messages messages;

  @FXML private Node root;
  @FXML private Button close;
  @FXML private TextField url;
  @FXML private TextField host;
  @FXML private TextField port;
  @FXML private TextField database;
  @FXML private TextField table;
  @FXML private TextField user;
  @FXML private ComboBox<String> sslMode;
  @FXML private ComboBox<PasswordKind> passwordKind;
  @FXML private PasswordField password;
  @FXML private TextField entry;
  @FXML private Label hint;
  @FXML private Label answer;
  @FXML private Button test;
  @FXML private Button stop;
  @FXML private ProgressIndicator asking;
  @FXML private Button make;
  @FXML private Button open;

  private Map<String, String> others = Map.of();

  /** Called by the loader. */
  DatabaseController(DatabaseViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
  }

  @FXML
  void initialize() {
    close.setGraphic(Icons.of(Feather.X));
    Icons.name(close, messages.get("database.close"));
    Choices.fill(
        sslMode,
        SSL_MODES,
        mode -> mode.isEmpty() ? messages.get("database.usualEncryption") : mode);
    Choices.fill(
        passwordKind,
        List.of(PasswordKind.values()),
        kind ->
            messages.get(
                switch (kind) {
                  case KEPT -> "database.passwordKept";
                  case TYPED -> "database.passwordTyped";
                  case KEYCHAIN -> "settings.systemKeychain";
                }));
    // A field with a formatter keeps the key to itself.
    url.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            model.close();
            event.consume();
          }
        });
    url.setTextFormatter(new TextFormatter<>(this::withoutPassword));
    url.textProperty().addListener((value, before, now) -> model.read(now).ifPresent(this::fill));
    Stream.of(host, port, database, table, user, entry, password)
        .forEach(
            field -> {
              field.textProperty().addListener(value -> model.forget());
              field.setOnAction(event -> open());
            });
    sslMode.valueProperty().addListener(value -> model.forget());
    passwordKind.valueProperty().addListener(value -> showKind());
    model.state().addListener((value, before, now) -> show(now));
    Overlay.follow(root, model.asked(), this::begin, model::close);
    // Nothing that was typed stays behind a panel that is closed, least of all a password.
    model
        .asked()
        .addListener(
            (value, before, now) -> {
              if (now == null) {
                password.clear();
              }
            });
    show(model.state().get());
  }

  /** A password that is pasted with a URL never gets into its field, nor into what undo keeps. */
  private TextFormatter.@Nullable Change withoutPassword(TextFormatter.Change change) {
    String typed = change.getControlNewText();
    DatabaseViewModel.withoutPassword(typed)
        .ifPresent(
            clean -> {
              String found = DatabaseViewModel.passwordIn(typed);
              change.setRange(0, change.getControlText().length());
              change.setText(clean);
              change.selectRange(clean.length(), clean.length());
              passwordKind.setValue(PasswordKind.TYPED);
              if (!found.isEmpty()) {
                password.setText(found);
              }
            });
    return change;
  }

  private void begin(DatabaseViewModel.Asked asked) {
    State before = model.state().get();
    url.clear();
    password.clear();
    fill(asked.form());
    if (asked.again() && asked.form().keychain().isEmpty()) {
      passwordKind.setValue(PasswordKind.TYPED);
      password.requestFocus();
    } else {
      (asked.again() ? open : url).requestFocus();
    }
    model.restore(before);
  }

  private void fill(DatabaseForm form) {
    host.setText(form.host());
    port.setText(form.port());
    database.setText(form.database());
    table.setText(form.table());
    user.setText(form.user());
    sslMode.setValue(form.sslMode());
    entry.setText(form.keychain());
    others = form.others();
    if (!form.keychain().isEmpty()) {
      passwordKind.setValue(PasswordKind.KEYCHAIN);
    } else if (passwordKind.getValue() != PasswordKind.TYPED || password.getText().isEmpty()) {
      passwordKind.setValue(PasswordKind.KEPT);
    }
    showKind();
  }

  private void showKind() {
    PasswordKind kind = kind();
    shown(password, kind == PasswordKind.TYPED);
    shown(entry, kind == PasswordKind.KEYCHAIN);
    hint.setText(
        messages.get(
            switch (kind) {
              case KEPT -> "database.hintKept";
              case TYPED -> "database.hintTyped";
              case KEYCHAIN -> "database.hintKeychain";
            }));
    model.forget();
  }

  private PasswordKind kind() {
    PasswordKind chosen = passwordKind.getValue();
    return chosen == null ? PasswordKind.KEPT : chosen;
  }

  private DatabaseForm form() {
    return new DatabaseForm(
        host.getText(),
        port.getText(),
        database.getText(),
        user.getText(),
        table.getText(),
        sslMode.getValue() == null ? "" : sslMode.getValue(),
        kind() == PasswordKind.KEYCHAIN ? entry.getText() : "",
        others);
  }

  private @Nullable Secret typed() {
    return kind() == PasswordKind.TYPED ? Secret.exactly(password.getText()) : null;
  }

  private void show(State state) {
    boolean busy = state instanceof State.Asking;
    // What can't be pressed any more would lose the focus.
    boolean focused = test.isFocused() || open.isFocused() || stop.isFocused();
    shown(asking, busy);
    shown(stop, busy);
    shown(test, !busy);
    open.setDisable(busy);
    shown(make, state instanceof State.Over over && over.makes());
    answer.pseudoClassStateChanged(GOOD, state instanceof State.Over over && over.good());
    answer.pseudoClassStateChanged(WRONG, state instanceof State.Over over && !over.good());
    answer.setText(
        switch (state) {
          case State.Nothing nothing -> "";
          case State.Asking now -> messages.get("database.asking");
          case State.Over over -> over.words();
        });
    shown(answer, !answer.getText().isEmpty());
    if (focused) {
      (busy ? stop : open).requestFocus();
    }
  }

  @FXML
  void test() {
    model.test(form(), typed());
  }

  @FXML
  void stop() {
    model.stop();
  }

  @FXML
  void make() {
    model.make(form(), typed());
  }

  @FXML
  void open() {
    model.open(form(), typed());
  }

  @FXML
  void close() {
    model.close();
  }
}
