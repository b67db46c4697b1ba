package dev.memoryconsole.enrich.llm.failure;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what an endpoint or the way to it did. Immutable. */
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
    Message said = said(body);
    if (status == 407) {
      Message refusal =
          proxy.isEmpty()
              ? EndpointCode.UNKNOWN_PROXY_WANTS_PASSWORD.with(endpoint.host())
              : EndpointCode.PROXY_WANTS_PASSWORD.with(proxy);
      return new CallException(FailureKind.PROXY_REFUSED, refusal.then(said));
    }
    if (status < 400) {
      return new CallException(
          FailureKind.NOT_AN_ENDPOINT, EndpointCode.SENT_ELSEWHERE.with(status));
    }
    if (status == 405 || (status != 404 && status < 500 && Meaning.isNoSuchRoute(body.lower()))) {
      return new CallException(
          FailureKind.NOT_AN_ENDPOINT, EndpointCode.NO_SUCH_CALL.with(status).then(said));
    }
    Meaning meaning = Meaning.of(status, body.lower(), retryAfter != null);
    return new CallException(
        meaning.kind(), message(meaning, status).then(said), retryAfter, body.lower());
  }

  /** A failure that was reported in the body of a call that went well. */
  public CallException ofErrorIn200(ErrorBody body, @Nullable Duration retryAfter) {
    if (Meaning.isNoSuchRoute(body.lower())) {
      return new CallException(
          FailureKind.NOT_AN_ENDPOINT, EndpointCode.NO_SUCH_CALL_IN_BODY.with().then(said(body)));
    }
    int status = body.status() == 0 ? Meaning.statusOf(body.lower()) : body.status();
    return ofStatus(status, body, retryAfter);
  }

  private Message message(Meaning meaning, int status) {
    return switch (meaning) {
      case KEY -> EndpointCode.KEY_REFUSED.with(status, endpoint.host());
      case QUOTA -> EndpointCode.QUOTA_GONE.with(status);
      case QUOTA_FOR_LONG_ANSWERS -> EndpointCode.QUOTA_GONE_FOR_LONG_ANSWERS.with(status);
      case MODEL -> EndpointCode.MODEL_NOT_FOUND.with(status, model);
      case FORBIDDEN -> EndpointCode.FORBIDDEN.with(status);
      case FILTER -> EndpointCode.FILTERED.with(status);
      case TOO_LONG -> EndpointCode.TOO_LONG.with(status);
      case TRY_AGAIN -> EndpointCode.TRY_AGAIN.with(status);
      case RATE -> EndpointCode.RATE_LIMITED.with(status);
      case OVERLOADED -> EndpointCode.OVERLOADED.with(status);
      case SERVER -> EndpointCode.FAILED.with(status);
      case OTHER -> EndpointCode.REFUSED.with(status);
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
                ? EndpointCode.HOST_NOT_FOUND.with(endpoint.host())
                : EndpointCode.PROXY_NOT_FOUND.with(proxy));
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
      if (tunnel.find()) {
        return new CallException(
            FailureKind.PROXY_REFUSED,
            proxy.isEmpty()
                ? EndpointCode.UNKNOWN_PROXY_REFUSED_THE_WAY.with(endpoint.host(), tunnel.group(1))
                : EndpointCode.PROXY_REFUSED_THE_WAY.with(proxy, endpoint.host(), tunnel.group(1)));
      }
      if (cause instanceof SSLException) {
        return new CallException(FailureKind.TLS, tls(cause));
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            proxy.isEmpty()
                ? EndpointCode.NO_CONNECTION.with(endpoint.host(), timeout)
                : EndpointCode.NO_CONNECTION_TO_PROXY.with(proxy, timeout));
      }
      if (cause instanceof ConnectException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            proxy.isEmpty()
                ? EndpointCode.NOBODY_ANSWERS.with(endpoint.host())
                : EndpointCode.NOBODY_ANSWERS_AT_PROXY.with(proxy));
      }
      if (cause instanceof IOException
          && String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
        return tooBig();
      }
    }
    return new CallException(
        FailureKind.CONNECTION_BROKEN, EndpointCode.CONNECTION_BROKE.with(endpoint.host()));
  }

  private Message tls(Throwable problem) {
    EndpointCode why = EndpointCode.TLS_NOT_TRUSTED;
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String words = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException || words.contains("NotAfter")) {
        why = EndpointCode.TLS_EXPIRED;
      } else if (words.contains("No name matching") || words.contains("No subject alternative")) {
        why = EndpointCode.TLS_OTHER_HOST;
      } else if (words.contains("Unsupported or unrecognized SSL message")) {
        why = EndpointCode.TLS_NOT_SPOKEN;
      } else if (words.contains("unable to find valid certification path")) {
        why = EndpointCode.TLS_UNKNOWN_AUTHORITY;
      }
    }
    return why.with(endpoint.host());
  }

  /** The call took longer than it may. */
  public static CallException timedOut(Duration timeout) {
    return new CallException(FailureKind.TIMED_OUT, EndpointCode.TIMED_OUT.with(timeout));
  }

  /** The answer has too many bytes. */
  public CallException tooBig() {
    return new CallException(FailureKind.TOO_BIG, EndpointCode.TOO_BIG.with(mostBytes / 1_000_000));
  }

  /** What the endpoint itself says, as a sentence of its own, or nothing. */
  public static Message said(ErrorBody body) {
    String words = Excerpt.of(body.message());
    return words.isEmpty() ? Message.NONE : EndpointCode.SAID.with(words);
  }
}
