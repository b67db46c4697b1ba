package dev.memoryconsole.enrich.llm.failure;

/** What can go wrong with a call, whether trying again helps, and whom it concerns. */
public enum FailureKind {
  /** No complete answer in time; asking again would cost as much again. */
  TIMED_OUT(false, Reach.ENDPOINT),
  /** 408, 409, 425: the endpoint itself asks to try again. */
  TRY_AGAIN(true, Reach.ENDPOINT),
  /** 429. */
  RATE_LIMITED(true, Reach.ENDPOINT),
  /** 5xx, 529. */
  SERVER_ERROR(true, Reach.ENDPOINT),
  /** The connection was there and broke. */
  CONNECTION_BROKEN(true, Reach.ENDPOINT),
  /** Nobody listens there. */
  CONNECTION_REFUSED(true, Reach.EVERYTHING),
  /** No such name. */
  HOST_NOT_FOUND(true, Reach.EVERYTHING),
  /** No trust in the certificate, or no common protocol. */
  TLS(false, Reach.ADMIN),
  /** The proxy does not let the app through. */
  PROXY_REFUSED(false, Reach.ADMIN),
  /** 401, or another refusal that names the key. */
  KEY_REFUSED(false, Reach.ADMIN),
  /** 402, or another refusal for want of credit. */
  QUOTA_GONE(false, Reach.ADMIN),
  /** 404, or another refusal that does not know the model. */
  MODEL_NOT_FOUND(false, Reach.ADMIN),
  /** 403. */
  FORBIDDEN(false, Reach.ADMIN),
  /** 400 and other refusals. */
  BAD_REQUEST(false, Reach.QUESTION),
  /** A web page, a redirect, nothing at all: not what a model's endpoint says. */
  NOT_AN_ENDPOINT(false, Reach.QUESTION),
  /** The endpoint's answer is no JSON of the expected form. */
  BAD_ENVELOPE(false, Reach.QUESTION),
  /** The answer is larger than anything sensible. */
  TOO_BIG(false, Reach.MEMORY),
  /** The prompt does not fit the model's window. */
  TOO_LONG(false, Reach.MEMORY),
  /** The model stopped because it ran out of tokens. */
  CUT_OFF(false, Reach.MEMORY),
  /** The endpoint does not let the answer through. */
  FILTERED(false, Reach.MEMORY),
  /** The model answered, but not as asked. */
  BAD_ANSWER(false, Reach.MEMORY),
  /** All calls of one memory together took too long. */
  ENTRY_TIMED_OUT(false, Reach.ENDPOINT);

  /** Whom a failure concerns. */
  public enum Reach {
    /** This memory only, unless nothing was right yet. */
    MEMORY,
    /** Perhaps every memory, and time does not mend it. */
    QUESTION,
    /** Perhaps every memory: several in a row mean that the endpoint is down. */
    ENDPOINT,
    /** Every memory, until the endpoint is back. */
    EVERYTHING,
    /** Every memory, until the admin has done something. */
    ADMIN
  }

  private final boolean retryable;
  private final Reach reach;

  FailureKind(boolean retryable, Reach reach) {
    this.retryable = retryable;
    this.reach = reach;
  }

  /** Whether the same question may well be answered a moment later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Whom it concerns. */
  public Reach reach() {
    return reach;
  }
}
