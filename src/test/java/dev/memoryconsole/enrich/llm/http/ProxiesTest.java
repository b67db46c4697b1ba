package dev.memoryconsole.enrich.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.settings.Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy is on the way, as the environment says it. */
class ProxiesTest {
  private static final String PROXY = "http://proxy.corp.example:3128";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://llm.corp.example/v1       | .corp.example                | true",
        "https://llm.corp.example/v1       | corp.example                 | true",
        "https://llm.corp.example/v1       | *.corp.example               | true",
        "https://llm.corp.example/v1       | LLM.Corp.Example             | true",
        "https://llm.corp.example/v1       | orp.example                  | false",
        "https://llm.corp.example/v1       | other.example, corp.example  | true",
        "https://llm.corp.example/v1       | other.example corp.example   | true",
        "https://llm.corp.example/v1       | *                            | true",
        "https://llm.corp.example/v1       | llm.corp.example:443         | true",
        "https://llm.corp.example/v1       | llm.corp.example:8443        | false",
        "https://llm.corp.example:8443/v1  | llm.corp.example:8443        | true",
        "https://llm.corp.example:8443/v1  | corp.example:443             | false",
        "http://10.1.2.3:8000/v1           | 10.1.2.3                     | true",
        "http://10.1.2.3:8000/v1           | 10.1.2.3:8000                | true",
        "http://10.1.2.3:8000/v1           | 10.1.2.3:80                  | false",
        "http://10.1.2.3:8000/v1           | 10.0.0.0/8                   | true",
        "http://10.1.2.3:8000/v1           | 10.1.2.0/24                  | true",
        "http://10.1.2.3:8000/v1           | 10.1.3.0/24                  | false",
        "http://10.1.2.3:8000/v1           | 10.1.2.3/32                  | true",
        "http://10.1.2.3:8000/v1           | 0.0.0.0/0                    | true",
        "http://10.1.2.3:8000/v1           | 10.0.0.0/99                  | false",
        "http://10.1.2.3:8000/v1           | 10.0.0.0/8x                  | false",
        "http://10.1.2.3:8000/v1           | fd00::/8                     | false",
        "https://[fd00::1]:8443/v1         | fd00::/8                     | true",
        "https://[fd00::1]:8443/v1         | fd00::1                      | true",
        "https://[fd00::1]:8443/v1         | [fd00::1]:8443               | true",
        "https://[fd00::1]:8443/v1         | [fd00::1]:443                | false",
        // A name is never looked up, so no network has it.
        "https://llm.corp.example/v1       | 10.0.0.0/8                   | false",
      })
  void exceptionsAreNamesAddressesAndNetworksEachWithAPortOrNot(
      String url, String exceptions, boolean exempt) {
    Map<String, String> environment =
        Map.of("https_proxy", PROXY, "http_proxy", PROXY, "no_proxy", exceptions);
    assertThat(Proxies.of(Endpoint.of(url), environment::get).proxy() == null).isEqualTo(exempt);
  }

  @ParameterizedTest
  @CsvSource({
    "https://llm.example/v1, HTTPS_PROXY, HTTPS_PROXY",
    "https://llm.example/v1, HTTP_PROXY,",
    "http://llm.example/v1, HTTP_PROXY, HTTP_PROXY",
    "http://llm.example/v1, HTTPS_PROXY,",
    "https://llm.example/v1, ALL_PROXY, ALL_PROXY",
    "http://llm.example/v1, all_proxy, all_proxy",
    "http://127.0.0.1:8000/v1, ALL_PROXY,",
    "http://localhost:8000/v1, HTTP_PROXY,",
    "http://[::1]:8000/v1, HTTP_PROXY,",
  })
  void eachWayHasItsVariableAndThisMachineNone(String url, String variable, String used) {
    Map<String, String> environment = new HashMap<>();
    environment.put(variable, PROXY);
    Proxies found = Proxies.of(Endpoint.of(url), environment::get);
    assertThat(found.variable()).isEqualTo(used == null ? "" : used);
    assertThat(found.words())
        .isEqualTo(used == null ? "" : "proxy.corp.example:3128 (" + used + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://u:secret@127.0.0.1:1080, SOCKS proxy",
    "socks5h://u:secret@127.0.0.1:1080, SOCKS proxy",
    "socks4://u:secret@127.0.0.1:1080, SOCKS proxy",
    "SOCKS://u:secret@127.0.0.1:1080, SOCKS proxy",
    "https://u:secret@127.0.0.1:443, not spoken to over plain http",
    "http://u:secret@, ",
    "http://u:secret@bad host:1, is no URL",
  })
  void whatIsNoPlainProxyIsRefusedWithASentenceThatRepeatsNothing(String value, String why) {
    assertThatThrownBy(
            () ->
                Proxies.of(
                    Endpoint.of("https://llm.example/v1"),
                    name -> name.equals("HTTPS_PROXY") ? value : null))
        .isInstanceOf(CallException.class)
        .hasMessageContainingAll(
            "The variable HTTPS_PROXY ",
            why == null ? "it should look like" : why,
            "it should look like http://proxy.example.com:3128.")
        .hasMessageNotContaining("secret");
  }
}
