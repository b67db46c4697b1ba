package dev.memoryconsole.enrich.llm.failure;

import dev.memoryconsole.settings.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words what an endpoint or the way to it did. Immutable. */
public final class HttpFailures {
  private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d+)");

  private final Endpoint endpoint;
  private final String model;
  private final String proxy;
  private final long mostBytes;

  /**
   * For one endpoint.
   *
   * @param proxy the proxy on the way there, as the admin should see it; empty if there is none
   * @param mostBytes of an answer
   */
  public HttpFailures(Endpoint endpoint, String model, String proxy, long mostBytes) {
    this.endpoint = endpoint;
    this.model = model;
    this.proxy = proxy;
    this.mostBytes = mostBytes;
  }

  /** What an error status means. The body must not hold the key any more. */
  public CallException ofStatus(int status, ErrorBody body, @Nullable Duration retryAfter) {
    String said = said(body);
    if (status == 407) {
      return proxyRefused("asks for a user and password (407)", said);
    }
    if (status < 400) {
      return new CallException(
          FailureKind.NOT_AN_ENDPOINT,
          "The endpoint sent the call elsewhere ("
              + status
              + "), which is not followed because memories would go to another place; check the"
              + " base URL.");
    }
    if (status == 405 || (status != 404 && status < 500 && Meaning.isNoSuchRoute(body.lower()))) {
      return noSuchCall(" (" + status + ")", said);
    }
    Meaning meaning = Meaning.of(status, body.lower(), retryAfter != null);
    return new CallException(
        meaning.kind(), sentence(meaning, status) + said, retryAfter, body.lower());
  }

  private static CallException noSuchCall(String code, String said) {
    return new CallException(
        FailureKind.NOT_AN_ENDPOINT,
        "The endpoint does not know this kind of call" + code + "; check the base URL." + said);
  }

  /** A failure that was reported in the body of a call that went well. */
  public CallException ofErrorIn200(ErrorBody body, @Nullable Duration retryAfter) {
    if (Meaning.isNoSuchRoute(body.lower())) {
      return noSuchCall("", said(body));
    }
    int status = body.status() == 0 ? Meaning.statusOf(body.lower()) : body.status();
    return ofStatus(status, body, retryAfter);
  }

  private String sentence(Meaning meaning, int status) {
    String code = " (" + status + ")";
    return switch (meaning) {
      case KEY ->
          "The endpoint refused the key"
              + code
              + "; check the key and whether it belongs to "
              + endpoint.host()
              + ".";
      case QUOTA ->
          "The endpoint's quota or credit is used up" + code + "; add credit or raise the limit.";
      case QUOTA_FOR_LONG_ANSWERS ->
          "The endpoint's quota or credit is used up"
              + code
              + " for answers as long as the endpoint allows; set a limit for the answer's tokens"
              + " (--llm-max-tokens) or add credit.";
      case MODEL ->
          "The endpoint has no model “"
              + model
              + "” or is not at this base URL"
              + code
              + "; check both.";
      case FORBIDDEN ->
          "The endpoint refused access"
              + code
              + "; check what the key may do and whether this machine is let in.";
      case FILTER -> "The endpoint's content filter refused it" + code + ".";
      case TOO_LONG -> "The memory is too long for the model" + code + "; set its context window.";
      case TRY_AGAIN -> "The endpoint asked to try again" + code + ".";
      case RATE -> "The endpoint limits the rate" + code + ".";
      case OVERLOADED -> "The endpoint is overloaded" + code + ".";
      case SERVER -> "The endpoint failed" + code + ".";
      case OTHER -> "The endpoint refused the call" + code + ".";
    };
  }

  /** What a failure on the way means. */
  public CallException ofProblem(Throwable problem, Duration timeout) {
    // An unknown host is the cause of a failed connection, so it is looked for first.
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new CallException(
            FailureKind.HOST_NOT_FOUND,
            proxy.isEmpty()
                ? "The host "
                    + endpoint.host()
                    + " was not found; check the base URL and the network."
                : "The proxy "
                    + proxy
                    + " was not found; check that variable, or name this host in NO_PROXY.");
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
      if (tunnel.find()) {
        return proxyRefused(
            "refused the way to " + endpoint.host() + " (" + tunnel.group(1) + ")", "");
      }
      if (cause instanceof SSLException) {
        return new CallException(FailureKind.TLS, tls(cause));
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            "No connection to " + place() + " within " + seconds(timeout) + ".");
      }
      if (cause instanceof ConnectException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            proxy.isEmpty()
                ? "Nobody answers at " + place() + "; check that the endpoint runs."
                : "Nobody answers at " + place() + "; check that variable and the proxy.");
      }
      if (cause instanceof IOException
          && String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
        return tooBig();
      }
    }
    return new CallException(
        FailureKind.CONNECTION_BROKEN, "The connection to " + endpoint.host() + " broke.");
  }

  private String place() {
    return proxy.isEmpty() ? endpoint.host() : "the proxy " + proxy;
  }

  private CallException proxyRefused(String what, String said) {
    return new CallException(
        FailureKind.PROXY_REFUSED,
        "The proxy "
            + (proxy.isEmpty() ? "on the way to " + endpoint.host() : proxy)
            + " "
            + what
            + "; check that variable, or name this host in NO_PROXY."
            + said);
  }

  private String tls(Throwable problem) {
    String why = "its certificate or protocol is not trusted.";
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String words = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException || words.contains("NotAfter")) {
        why = "its certificate has expired.";
      } else if (words.contains("No name matching") || words.contains("No subject alternative")) {
        why = "its certificate is for another host.";
      } else if (words.contains("Unsupported or unrecognized SSL message")) {
        why = "it does not speak TLS there; check the base URL and its port.";
      } else if (words.contains("unable to find valid certification path")) {
        why =
            "its certificate or protocol is not trusted. If an authority of your own has signed"
                + " it, name that authority's certificate: --llm-ca FILE, the CA file in the"
                + " settings, or SSL_CERT_FILE.";
      }
    }
    return "No safe connection to " + endpoint.host() + " (TLS): " + why;
  }

  /** The call took longer than it may. */
  public static CallException timedOut(Duration timeout) {
    return new CallException(
        FailureKind.TIMED_OUT, "The call timed out after " + seconds(timeout) + ".");
  }

  /** The answer has too many bytes. */
  public CallException tooBig() {
    return new CallException(
        FailureKind.TOO_BIG,
        "The endpoint's answer is larger than " + mostBytes / 1_000_000 + " MB and was not read.");
  }

  /** As the admin reads it: whole seconds, or one decimal below ten. */
  public static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 || millis >= 10_000
        ? Math.round(millis / 1_000.0) + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  /** What the endpoint itself says, as a sentence of its own, or nothing. */
  public static String said(ErrorBody body) {
    String words = Excerpt.of(body.message());
    return words.isEmpty() ? "" : " It said: “" + words + "”.";
  }
}
