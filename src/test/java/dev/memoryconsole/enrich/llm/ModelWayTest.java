package dev.memoryconsole.enrich.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.memoryconsole.settings.KeySource;
import dev.memoryconsole.settings.ModelSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Through a real proxy to a real TLS endpoint whose authority is one's own. */
@Timeout(60)
@Tag("slow")
class ModelWayTest {
  private static final String KEY = "sk-canary-0123456789abcdef";
  private static final String NAME = "llm.corp.example";

  @TempDir private Path folder;

  /** Lets everybody who knows the password through to one port of this machine. */
  private static final class Proxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    Proxy(int target) throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> serve(target));
    }

    private void serve(int target) {
      while (!server.isClosed()) {
        try (Socket in = server.accept()) {
          StringBuilder head = new StringBuilder();
          while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.getInputStream().read());
          }
          heads.add(head.toString());
          String wanted =
              Base64.getEncoder().encodeToString("u:p@ss".getBytes(StandardCharsets.UTF_8));
          if (head.indexOf("Basic " + wanted) < 0) {
            in.getOutputStream()
                .write(
                    "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
            continue;
          }
          try (Socket out = new Socket(InetAddress.getLoopbackAddress(), target)) {
            in.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            Thread back =
                Thread.ofVirtual()
                    .start(
                        () -> {
                          try {
                            out.getInputStream().transferTo(in.getOutputStream());
                          } catch (IOException closed) {
                            // The client has what it wanted.
                          }
                        });
            in.getInputStream().transferTo(out.getOutputStream());
            out.shutdownOutput();
            back.join();
          }
        } catch (IOException | InterruptedException closed) {
          // The next connection, or the end.
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private HttpsServer server(Path certificate) throws Exception {
    String store = folder.resolve("server.p12").toString();
    keytool(
        "-genkeypair",
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + NAME,
        "-ext",
        "SAN=dns:" + NAME,
        "-storetype",
        "PKCS12",
        "-keystore",
        store,
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "s",
        "-keystore",
        store,
        "-storepass",
        "changeit",
        "-file",
        certificate.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(store))) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        http -> {
          try (http) {
            http.getRequestBody().readAllBytes();
            boolean leaked = http.getRequestHeaders().containsKey("Proxy-Authorization");
            byte[] body =
                FakeEndpoint.chat(
                        FakeEndpoint.layers(leaked ? "leaked" : "Short.", "- x", "", "events"),
                        "stop",
                        1,
                        1)
                    .getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, body.length);
            http.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  @Test
  void theProxyAndTheAuthorityAreThoseThatAreNamed() throws Exception {
    Path certificate = folder.resolve("ca.pem");
    HttpsServer server = server(certificate);
    try (Proxy proxy = new Proxy(server.getAddress().getPort())) {
      String address = "127.0.0.1:" + proxy.server.getLocalPort();
      ModelSettings settings =
          ModelSettings.of("https://" + NAME + "/v1", "m", KeySource.ofEnvironment("K"));
      String good = "http://u:p%40ss@" + address;
      assertThat(
              Fixtures.problem(
                  Fixtures.models(
                      Map.of(
                          "K", KEY, "HTTPS_PROXY", good, "SSL_CERT_FILE", certificate.toString())),
                  settings))
          .isEmpty();
      assertThat(
              Fixtures.problem(
                  Fixtures.models(Map.of("K", KEY, "all_proxy", good)),
                  settings.withCaFile(certificate.toString())))
          .isEmpty();
      assertThat(proxy.heads)
          .allSatisfy(head -> assertThat(head).startsWith("CONNECT " + NAME).doesNotContain(KEY));
      String untrusted =
          Fixtures.problem(Fixtures.models(Map.of("K", KEY, "https_proxy", good)), settings);
      assertThat(untrusted).contains("--llm-ca FILE");
      String refused =
          Fixtures.problem(
              Fixtures.models(Map.of("K", KEY, "HTTPS_PROXY", "http://u:wrong@" + address)),
              settings);
      assertThat(refused)
          .contains("The proxy " + address + " (HTTPS_PROXY) refused the way", "(403)")
          .doesNotContain("wrong");
      assertThat(
              Fixtures.problem(
                  Fixtures.models(
                      Map.of("K", KEY, "HTTPS_PROXY", good, "NO_PROXY", ".corp.example")),
                  settings))
          .contains("The host " + NAME + " was not found");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPlainEndpointIsAskedThroughAPlainProxy() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    List<String> users = new CopyOnWriteArrayList<>();
    try (FakeEndpoint proxy =
        new FakeEndpoint(
            x -> {
              asked.add(x.http().getRequestURI().toString());
              String user = x.http().getRequestHeaders().getFirst("Proxy-Authorization");
              users.add(String.valueOf(user));
              if (String.valueOf(user).equals("Basic dTpwQHNz")) {
                x.layers("Short.");
              } else {
                x.send(407, "");
              }
            })) {
      String host = NAME + ":8000";
      ModelSettings settings =
          ModelSettings.of("http://" + host + "/v1", "m", KeySource.ofEnvironment("K"))
              .withPrivacy(false, List.of(host));
      String address = proxy.url().replace("http://", "").replace("/v1", "");
      assertThat(
              Fixtures.problem(
                  Fixtures.models(Map.of("K", KEY, "http_proxy", "http://u:p%40ss@" + address)),
                  settings))
          .isEmpty();
      assertThat(asked).containsExactly("http://" + host + "/v1/chat/completions");
      assertThat(users).containsExactly("Basic dTpwQHNz");
      assertThat(
              Fixtures.problem(Fixtures.models(Map.of("K", KEY, "HTTP_PROXY", address)), settings))
          .contains("The proxy " + address + " (HTTP_PROXY) asks for a user and password (407)");
      assertThat(
              Fixtures.problem(
                  Fixtures.models(
                      Map.of("K", KEY, "HTTP_PROXY", address, "NO_PROXY", NAME + ":8000")),
                  settings))
          .contains("The host " + host + " was not found");
    }
  }

  @Test
  void aRedirectCarriesTheKeyNowhere() throws Exception {
    try (FakeEndpoint other = new FakeEndpoint(x -> x.layers("Short."));
        FakeEndpoint first =
            new FakeEndpoint(x -> x.header("Location", other.url()).send(308, ""))) {
      ModelSettings settings = ModelSettings.of(first.url(), "m", KeySource.ofEnvironment("K"));
      assertThat(Fixtures.problem(Fixtures.models(Map.of("K", KEY)), settings))
          .contains("sent the call elsewhere (308)");
      assertThat(other.calls()).isEmpty();
    }
  }
}
