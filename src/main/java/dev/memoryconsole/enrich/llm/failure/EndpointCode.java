package dev.memoryconsole.enrich.llm.failure;

import static dev.memoryconsole.message.Argument.DURATION;
import static dev.memoryconsole.message.Argument.NUMBER;
import static dev.memoryconsole.message.Argument.TEXT;

import dev.memoryconsole.message.Argument;
import dev.memoryconsole.message.MessageCode;
import java.util.List;

/** What there is to say about an endpoint and the way to it. */
public enum EndpointCode implements MessageCode {
  BROKE_OFF,
  CA_FILE_MISSING(TEXT),
  CA_FILE_UNREADABLE(TEXT),
  CA_FILE_UNUSABLE(TEXT),
  CA_FILE_WITHOUT_CERTIFICATE(TEXT),
  CONNECTION_BROKE(TEXT),
  DOWN,
  EMPTY,
  FAILED(NUMBER),
  FILTERED(NUMBER),
  FORBIDDEN(NUMBER),
  HOST_NOT_FOUND(TEXT),
  KEY_REFUSED(NUMBER, TEXT),
  MODEL_NOT_FOUND(NUMBER, TEXT),
  MODEL_REFUSED(TEXT),
  NOBODY_ANSWERS(TEXT),
  NOBODY_ANSWERS_AT_PROXY(TEXT),
  NOT_JSON(TEXT),
  NOT_VALID(TEXT),
  NO_ANSWERS_FORM(TEXT),
  NO_CONNECTION(TEXT, DURATION),
  NO_CONNECTION_TO_PROXY(TEXT, DURATION),
  NO_FAULT_OF_THE_MEMORIES,
  NO_SUCH_CALL(NUMBER),
  NO_SUCH_CALL_IN_BODY,
  OVERLOADED(NUMBER),
  PACKED_ANSWER_BROKE_OFF,
  PACKING_UNKNOWN,
  PROXY_NOT_FOUND(TEXT),
  PROXY_REFUSED_THE_WAY(TEXT, TEXT, TEXT),
  PROXY_WANTS_PASSWORD(TEXT),
  QUOTA_GONE(NUMBER),
  QUOTA_GONE_FOR_LONG_ANSWERS(NUMBER),
  RATE_LIMITED(NUMBER),
  REFUSED(NUMBER),
  SAID(TEXT),
  SENT_ELSEWHERE(NUMBER),
  TIMED_OUT(DURATION),
  TLS_EXPIRED(TEXT),
  TLS_NOT_SPOKEN(TEXT),
  TLS_NOT_TRUSTED(TEXT),
  TLS_OTHER_HOST(TEXT),
  TLS_UNKNOWN_AUTHORITY(TEXT),
  TOO_BIG(NUMBER),
  TOO_LONG(NUMBER),
  TRIED_IN_VAIN(NUMBER),
  TRY_AGAIN(NUMBER),
  UNKNOWN_PROXY_REFUSED_THE_WAY(TEXT, TEXT),
  UNKNOWN_PROXY_WANTS_PASSWORD(TEXT),
  VARIABLE_IS_NO_URL(TEXT),
  VARIABLE_NAMES_NO_HOST(TEXT),
  VARIABLE_NAMES_OTHER_SCHEME(TEXT),
  VARIABLE_NAMES_SOCKS(TEXT),
  WEB_PAGE;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Argument> parameters;

  EndpointCode(Argument... parameters) {
    this.parameters = List.of(parameters);
  }

  @Override
  public List<Argument> parameters() {
    return parameters;
  }
}
