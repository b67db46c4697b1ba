package dev.memoryconsole.enrich.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.settings.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words what an endpoint or the way to it did. */
final class HttpFailures {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern QUOTA =
      Pattern.compile(
          "insufficient[_ ](quota|balance|credit|funds)|exceeded your current quota|billing"
              + "|credit balance|out of credits");
  private static final Pattern WINDOW =
      Pattern.compile(
          "context[_ ]length|context window|maximum context|prompt is too long|too many tokens");
  private static final Pattern FILTER =
      Pattern.compile("content[_ ](filter|policy|management)|safety|moderation|flagged");

  private final Endpoint endpoint;
  private final String model;

  HttpFailures(Endpoint endpoint, String model) {
    this.endpoint = endpoint;
    this.model = model;
  }

  /** What an error status means. The body must not hold the key any more. */
  CallException ofStatus(int status, String body, @Nullable Duration retryAfter) {
    String said = said(body);
    String lower = body.toLowerCase(Locale.ROOT);
    return switch (status) {
      case 401 ->
          new CallException(
              FailureKind.KEY_REFUSED,
              "The endpoint refused the key (401); check the key and whether it belongs to "
                  + endpoint.host()
                  + ".");
      case 402 -> quota(status, said);
      case 403 ->
          FILTER.matcher(lower).find()
              ? new CallException(
                  FailureKind.FILTERED, "The endpoint's content filter refused it (403)." + said)
              : new CallException(
                  FailureKind.FORBIDDEN, "The endpoint refused access (403)." + said);
      case 404 ->
          new CallException(
              FailureKind.MODEL_NOT_FOUND,
              "The endpoint has no model “"
                  + model
                  + "” or is not at this base URL (404); check both."
                  + said);
      case 408, 409, 425 ->
          new CallException(
              FailureKind.TRY_AGAIN,
              "The endpoint asked to try again (" + status + ")." + said,
              retryAfter);
      case 413 -> tooLong(status, said);
      case 429 ->
          QUOTA.matcher(lower).find()
              ? quota(status, said)
              : new CallException(
                  FailureKind.RATE_LIMITED,
                  "The endpoint limits the rate (429)." + said,
                  retryAfter);
      case 529 ->
          new CallException(
              FailureKind.SERVER_ERROR, "The endpoint is overloaded (529)." + said, retryAfter);
      default -> ofOtherStatus(status, said, lower, retryAfter);
    };
  }

  private static CallException ofOtherStatus(
      int status, String said, String lower, @Nullable Duration retryAfter) {
    if (status >= 500) {
      return new CallException(
          FailureKind.SERVER_ERROR, "The endpoint failed (" + status + ")." + said, retryAfter);
    }
    if (status < 400) {
      return new CallException(
          FailureKind.NOT_AN_ENDPOINT,
          "The endpoint sent the call elsewhere ("
              + status
              + "), which is not followed because memories would go to another place; check the"
              + " base URL.");
    }
    if (WINDOW.matcher(lower).find()) {
      return tooLong(status, said);
    }
    if (FILTER.matcher(lower).find()) {
      return new CallException(
          FailureKind.FILTERED,
          "The endpoint's content filter refused it (" + status + ")." + said);
    }
    return new CallException(
        FailureKind.BAD_REQUEST, "The endpoint refused the call (" + status + ")." + said);
  }

  private static CallException quota(int status, String said) {
    return new CallException(
        FailureKind.QUOTA_GONE,
        "The endpoint's quota or credit is used up (" + status + ")." + said);
  }

  private static CallException tooLong(int status, String said) {
    return new CallException(
        FailureKind.TOO_LONG,
        "The memory is too long for the model (" + status + "); set its context window." + said);
  }

  /** What a failure on the way means. */
  CallException ofProblem(Throwable problem, Duration timeout) {
    // An unknown host is the cause of a failed connection, so it is looked for first.
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new CallException(
            FailureKind.HOST_NOT_FOUND,
            "The host " + endpoint.host() + " was not found; check the base URL and the network.");
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return new CallException(
            FailureKind.TLS,
            "No safe connection to "
                + endpoint.host()
                + " (TLS): its certificate or protocol is not trusted.");
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            "No connection to " + endpoint.host() + " within " + seconds(timeout) + ".");
      }
      if (cause instanceof ConnectException) {
        return new CallException(
            FailureKind.CONNECTION_REFUSED,
            "Nobody answers at " + endpoint.host() + "; check that the endpoint runs.");
      }
      if (cause instanceof IOException
          && String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
        return tooBig();
      }
    }
    return new CallException(
        FailureKind.CONNECTION_BROKEN, "The connection to " + endpoint.host() + " broke.");
  }

  /** The call took longer than it may. */
  static CallException timedOut(Duration timeout) {
    return new CallException(
        FailureKind.TIMED_OUT, "The call timed out after " + seconds(timeout) + ".");
  }

  private static CallException tooBig() {
    return new CallException(
        FailureKind.TOO_BIG,
        "The endpoint's answer is larger than "
            + HttpTransport.LARGEST_ANSWER / 1_000_000
            + " MB and was not read.");
  }

  /** As the admin reads it: whole seconds, or one decimal below ten. */
  static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 || millis >= 10_000
        ? Math.round(millis / 1_000.0) + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  /** What the endpoint itself says in an error body, as a sentence of its own, or nothing. */
  static String said(String body) {
    String message = message(body);
    return message.isEmpty() ? "" : " It said: “" + Preview.of(message) + "”.";
  }

  private static String message(String body) {
    if (body.isBlank() || body.stripLeading().startsWith("<")) {
      return "";
    }
    try {
      JsonNode error = MAPPER.readTree(body).path("error");
      return error.isTextual() ? error.asText() : error.path("message").asText("");
    } catch (JsonProcessingException notJson) {
      return body;
    }
  }
}
