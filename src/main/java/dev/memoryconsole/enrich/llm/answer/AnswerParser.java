package dev.memoryconsole.enrich.llm.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoryconsole.enrich.llm.failure.CallException;
import dev.memoryconsole.enrich.llm.failure.Excerpt;
import dev.memoryconsole.enrich.llm.failure.FailureKind;
import dev.memoryconsole.message.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON object in what a model wrote. Code fences, text around and reasoning traces are
 * skipped, and an object may stand within others, in an array or in a string. The last complete
 * object that has the asked form counts: what comes before it is a draft. Only the named keys are
 * read, whatever else there is. Stateless.
 */
public final class AnswerParser {
  // A string that holds an object: what some models and gateways make of the object itself.
  private static final Pattern QUOTED =
      Pattern.compile("\"(?:\\s|\\\\[nrt])*\\{(?:\\s|\\\\[nrt])*\\\\\"");

  private AnswerParser() {}

  /**
   * Reads a reply: its content, else the arguments of a call, else, if it has neither, what its
   * reasoning ends with.
   *
   * @param wanted the keys to read; one of them at least must be there
   * @throws CallException if there is no such object; says what came back instead
   */
  public static AnswerFields parse(Reply reply, List<String> wanted) {
    Search search = new Search(wanted);
    for (String text : reply.texts()) {
      AnswerFields found = search.in(text);
      if (found != null) {
        return found;
      }
    }
    boolean empty = reply.texts().stream().allMatch(String::isBlank);
    if (empty && !reply.trace().isBlank()) {
      AnswerFields found = search.atEndOf(reply.trace());
      if (found == null) {
        throw bad(AnswerCode.EMPTY_AFTER_REASONING.with(Excerpt.of(reply.trace())));
      }
      return found;
    }
    throw search.failure(reply.text());
  }

  private static CallException bad(Message message) {
    return new CallException(FailureKind.BAD_ANSWER, message);
  }

  /** One search, which remembers why it found nothing. */
  private static final class Search {
    private final Layers layers;
    private final Pattern key;
    private final ObjectReader objects = new ObjectReader();
    private Message problem = Message.NONE;

    Search(List<String> wanted) {
      this.layers = new Layers(wanted);
      List<String> names =
          wanted.stream().filter(name -> !name.equals(AnswerFields.CATEGORY)).toList();
      this.key = Pattern.compile("[\"'](?:" + String.join("|", names) + ")\\\\?[\"']\\s*:");
    }

    CallException failure(String text) {
      Message why = problem.isEmpty() ? layers.wrongType() : problem;
      if (!why.isEmpty()) {
        return bad(why);
      }
      return text.isBlank()
          ? bad(AnswerCode.EMPTY.with())
          : bad(AnswerCode.NOT_THE_JSON.with(Excerpt.of(text)));
    }

    /** The answer in a text outside of its traces, or at the end of one that was never closed. */
    @Nullable AnswerFields in(String text) {
      Matcher marks = Traces.matcher(text);
      Matcher quotes = QUOTED.matcher(text);
      AnswerFields last = null;
      int lastEnd = 0;
      int depth = Traces.beginsWithin(text) ? 1 : 0;
      int opened = 0;
      int at = 0;
      while (true) {
        Traces.Mark mark = Traces.next(marks, at);
        int until = mark == null ? text.length() : mark.start();
        Candidate object = depth > 0 ? null : next(text, quotes, at, until);
        if (object != null) {
          // A mark within an object is a part of its texts.
          at = object.end();
          if (object.found() != null) {
            last = object.found();
            lastEnd = at;
          }
          continue;
        }
        if (mark == null) {
          break;
        }
        switch (mark.step()) {
          case OPEN -> {
            opened = depth == 0 ? mark.end() : opened;
            depth++;
          }
          case CLOSE -> {
            // A trace whose beginning was in the prompt: all before it was the trace.
            last = depth == 0 ? null : last;
            depth = Math.max(0, depth - 1);
          }
          case ANSWER -> {
            last = null;
            depth = 0;
          }
        }
        at = mark.end();
      }
      if (last != null) {
        return objects.isExhausted() || isCutOff(text, lastEnd) ? null : last;
      }
      return depth == 0 ? null : inUnclosed(text, opened);
    }

    private @Nullable AnswerFields inUnclosed(String text, int from) {
      AnswerFields found = atEndOf(text.substring(from));
      if (found == null && problem.isEmpty()) {
        problem = AnswerCode.ENDS_WITHIN_REASONING.with(Excerpt.of(text));
      }
      return found;
    }

    /** A further object was begun and not finished, so the last whole one was a draft. */
    private boolean isCutOff(String text, int from) {
      boolean cut = key.matcher(text).region(from, text.length()).find();
      if (cut) {
        problem = AnswerCode.INCOMPLETE.with(Excerpt.of(text));
      }
      return cut;
    }

    /**
     * What a trace ends with. A draft is followed by more thoughts; only a whole answer at the very
     * end is what the model left as its answer.
     */
    @Nullable AnswerFields atEndOf(String trace) {
      Matcher quotes = QUOTED.matcher(trace);
      Candidate last = null;
      int at = 0;
      for (Candidate object = next(trace, quotes, at, trace.length());
          object != null;
          object = next(trace, quotes, at, trace.length())) {
        at = object.end();
        last = object;
      }
      AnswerFields found = last == null ? null : last.found();
      boolean whole =
          last != null && found != null && layers.isWhole(found) && Traces.isEnd(trace, last.end());
      return whole ? found : null;
    }

    /** The next complete object that begins before a place; null if there is none. */
    private @Nullable Candidate next(String text, Matcher quotes, int from, int until) {
      int quote = quotes.find(from) ? quotes.start() : text.length();
      for (int brace = text.indexOf('{', from);
          Math.min(brace < 0 ? until : brace, quote) < until;
          brace = text.indexOf('{', brace + 1)) {
        boolean quoted = brace < 0 || quote < brace;
        int start = quoted ? quote : brace;
        ObjectReader.Read read = objects.read(text, start);
        if (read != null) {
          return candidate(read.json(), start + read.length());
        }
        if (quoted) {
          quote = text.length();
          brace = start;
        }
      }
      return null;
    }

    private Candidate candidate(JsonNode json, int end) {
      if (json.isTextual()) {
        return new Candidate(in(json.asText()), end);
      }
      return new Candidate(layers.in(json, objects), end);
    }
  }

  /**
   * A complete object.
   *
   * @param found null if it has not the asked form
   * @param end where the text goes on
   */
  private record Candidate(@Nullable AnswerFields found, int end) {}
}
