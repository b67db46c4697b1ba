package dev.memoryconsole.upgrade.interleaving.ground;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** A table of PostgreSQL: who writes has the rows that it writes. */
public final class PostgresGround implements Ground {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.newDatabase();

  /** In a database of its own. */
  public PostgresGround() {
    server.makeTable(database).close();
  }

  @Override
  public MemoryStore open() {
    return server.openTable(database);
  }

  @Override
  public Connection agents() throws SQLException {
    return server.connect(PostgresServer.ADMIN, database);
  }

  @Override
  public String witness() {
    return """
    CREATE TABLE witness_actor (name text);
    INSERT INTO witness_actor VALUES ('engine');
    CREATE TABLE witness_poison (id text PRIMARY KEY);
    CREATE TABLE witness_log (
      seq bigserial PRIMARY KEY, actor text, id text, version bigint, op text,
      text1 text, category1 text, scope1 text, metadata1 text,
      text2 text, category2 text, scope2 text, metadata2 text);
    CREATE FUNCTION witness_poisoned() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT name FROM witness_actor) = 'engine'
          AND EXISTS (SELECT 1 FROM witness_poison p WHERE p.id = new.id) THEN
        RAISE EXCEPTION 'this row is poisoned';
      END IF;
      RETURN new;
    END $$;
    CREATE TRIGGER witness_poisoned BEFORE UPDATE OF metadata ON memories
    FOR EACH ROW EXECUTE FUNCTION witness_poisoned();
    CREATE FUNCTION witness_write() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      actor text := (SELECT name FROM witness_actor);
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO witness_log (actor, id, version, op, text2, category2, scope2, metadata2)
        VALUES (actor, new.id, 0, TG_OP, new.text, new.category, new.scope, new.metadata);
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO witness_log (actor, id, version, op, text1, category1, scope1, metadata1)
        VALUES (actor, old.id, old.version, TG_OP,
          old.text, old.category, old.scope, old.metadata);
      ELSE
        INSERT INTO witness_log (actor, id, version, op, text1, category1, scope1, metadata1,
          text2, category2, scope2, metadata2)
        VALUES (actor, new.id, old.version, TG_OP,
          old.text, old.category, old.scope, old.metadata,
          new.text, new.category, new.scope, new.metadata);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER witness_write
    AFTER INSERT OR DELETE OR UPDATE OF id, text, category, scope, metadata ON memories
    FOR EACH ROW EXECUTE FUNCTION witness_write();
    """;
  }

  @Override
  public String begin() {
    return "BEGIN";
  }

  @Override
  public String lockingRead() {
    return " FOR UPDATE";
  }

  @Override
  public String setKey() {
    return "UPDATE memories SET metadata = CAST(jsonb_set(CAST(metadata AS jsonb),"
        + " ARRAY[CAST(? AS text)], to_jsonb(CAST(? AS text))) AS text) WHERE id = ?";
  }

  @Override
  public void close() {
    server.drop(database);
  }
}
