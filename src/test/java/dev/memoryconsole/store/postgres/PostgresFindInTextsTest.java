package dev.memoryconsole.store.postgres;

/** A table whose metadata is text finds the same: there is less that the server narrows down. */
class PostgresFindInTextsTest extends PostgresFindTest {
  @Override
  String metadata() {
    return "text";
  }
}
