package dev.memoryconsole.app.server;

import dev.memoryconsole.settings.Secret;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.postgres.PostgresOptions;
import dev.memoryconsole.store.postgres.PostgresPlace;
import dev.memoryconsole.store.postgres.ServerLook;
import dev.memoryconsole.ui.services.DatabaseForm;
import dev.memoryconsole.ui.services.DatabaseReport;
import dev.memoryconsole.ui.services.DatabaseServices;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the window asks of a database before it opens a table in it. Thread-safe. */
public final class Databases implements DatabaseServices {
  private static final String SSL_MODE = "sslmode";
  private static final String KEYCHAIN = "keychain";

  private final PostgresOptions options;
  private final TypedPasswords typed;

  /** Connects as stores do that are opened with these. */
  public Databases(PostgresOptions options, TypedPasswords typed) {
    this.options = options;
    this.typed = typed;
  }

  @Override
  public DatabaseForm read(StoreLocation location) {
    PostgresPlace place = PostgresPlace.of(location, options.systemUser());
    Map<String, String> others = new TreeMap<>(place.options());
    String sslMode = others.remove(SSL_MODE);
    String keychain = others.remove(KEYCHAIN);
    boolean one = !place.hosts().contains(",");
    int port = place.hosts().lastIndexOf(':');
    return new DatabaseForm(
        one ? place.hosts().substring(0, port) : place.hosts(),
        one ? place.hosts().substring(port + 1) : "",
        place.database(),
        place.user(),
        place.table(),
        sslMode == null ? "" : sslMode,
        keychain == null ? "" : keychain,
        others);
  }

  @Override
  public boolean isOne(StoreLocation location) {
    return PostgresPlace.isOne(location);
  }

  @Override
  public StoreLocation location(DatabaseForm form) {
    return place(form).location();
  }

  private PostgresPlace place(DatabaseForm form) {
    Map<String, String> fields = new TreeMap<>(form.others());
    if (!form.sslMode().isBlank()) {
      fields.put(SSL_MODE, form.sslMode().strip());
    }
    if (!form.keychain().isBlank()) {
      fields.put(KEYCHAIN, form.keychain().strip());
    }
    String user = form.user().isBlank() ? options.systemUser() : form.user().strip();
    String host = form.host().isBlank() ? "localhost" : form.host().strip();
    return PostgresPlace.typed(
        user,
        withPort(host, form.port().strip()),
        form.database().isBlank() ? user : form.database().strip(),
        form.table().strip(),
        fields);
  }

  /** A port is the port of each host that has none of its own. */
  private static String withPort(String hosts, String port) {
    return port.isEmpty()
        ? hosts
        : Pattern.compile("\\s*,\\s*")
            .splitAsStream(hosts)
            .map(host -> host.matches(".*:[0-9]+") ? host : host + ":" + port)
            .collect(Collectors.joining(","));
  }

  @Override
  public DatabaseReport test(DatabaseForm form, @Nullable Secret password) {
    PostgresOptions how =
        password == null ? options : options.with(login -> Optional.of(password.reveal()));
    ServerLook look = ServerLook.at(place(form).location(), how);
    return new DatabaseReport(
        look.version(), look.memories(), look.isExact(), Optional.ofNullable(look.refusal()));
  }

  @Override
  public void keep(DatabaseForm form, Secret password) {
    typed.keep(place(form).login(), password);
  }
}
