namespace SsoCibaMethod.PostgreSql.Store;

/// <summary>Every statement of the store. <c>{s}</c> stands for the schema.</summary>
internal static class Statements
{
    // Of two records with one hint, or from one network, the second waits until the first is committed, and only then gets its number: so the one with the higher number always finds the
    // other. All wait for the hint first, so that no two wait for each other.
    public const string Create = $$"""
        with hint as materialized (select case when $8::bigint is null then null else pg_advisory_xact_lock(hashtextextended('{s}' || $8, 1)) end),
        turn as materialized (select case when $9::bigint is null then null else pg_advisory_xact_lock(hashtextextended('{s}' || $9, 2)) end from hint)
        insert into {s}.logins ({{Rows.Columns}}) select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from turn on conflict (id) do nothing
        """;

    public const string Read = $"select {Rows.Columns} from {{s}}.logins where id = $1";

    public const string FindByNotificationToken = $"select {Rows.Columns} from {{s}}.logins where notification_token_hash = $1";

    // The news goes out with the change, or not at all.
    public const string Replace = """
        with stored as (select id, owner from {s}.logins where id = $1 and version = $3 - 1 for update),
        changed as (
          update {s}.logins l set schema = $2, version = $3, method = $4, state = $5, owner = $6, notification_token_hash = $7, hint_hash = $8, address_hash = $9,
            started_at = $10, ends_at = $11, keep_until = $12, payload = $13
          from stored where l.id = stored.id returning stored.owner)
        select pg_notify($14, $1 || ' ' || $3 || ' ' || coalesce(owner, '')) from changed
        """;

    public const string Ping = "select pg_notify($2, id || '  ' || owner) from {s}.logins where id = $1 and owner is not null";

    public const string Version = "select version from {s}.logins where id = $1";

    public const string Join = $$"""
        with joined as (
          insert into {s}.nodes (node, lease_ends_at, probe) values ($1, clock_timestamp() + $2, $3)
          on conflict (node) do update set lease_ends_at = excluded.lease_ends_at, probe = excluded.probe returning node)
        select pg_notify($4, '{{Joined}}') from joined
        """;

    /// <summary>The news that a node has joined.</summary>
    public const string Joined = "joined";

    /// <summary>What living nodes are tested by, but for some.</summary>
    public const string Probes = "select node, probe from {s}.nodes where lease_ends_at > clock_timestamp() and probe is not null and not (node = any($1))";

    public const string Renew = "update {s}.nodes set lease_ends_at = clock_timestamp() + $2 where node = $1 and lease_ends_at > clock_timestamp()";

    // A node that is dead stays known for an hour, longer than what it may have left: else its logins could be told from those of living nodes only by looking at all of them.
    public const string Claim = $$"""
        with free as (
          select id from {s}.logins
          where state in ({{Open}}) and (owner is null or owner in (select node from {s}.nodes where lease_ends_at <= clock_timestamp()))
          limit $2 for update skip locked)
        update {s}.logins l set owner = $1, version = version + 1 from free where l.id = free.id
        returning l.{{OwnColumns}}
        """;

    public const string HandOver = $"update {{s}}.logins set owner = null, version = version + 1 where owner = $1 and state = {Waiting} and not (id = any($2))";

    public const string Release = """
        with gone as (delete from {s}.nodes where node = $1)
        update {s}.logins set owner = null, version = version + 1 where owner = $1
        """;

    public const string FindStartsBefore = """
        with own as materialized (select added, hint_hash, address_hash from {s}.logins where id = $1)
        select false as by_address, * from (
          select added, state, started_at, ends_at from {s}.logins
          where hint_hash = (select hint_hash from own) and added < (select added from own) and ends_at > $2 order by added desc limit $3) with_hint
        union all
        select true, * from (
          select added, state, started_at, ends_at from {s}.logins
          where address_hash = (select address_hash from own) and added < (select added from own) and ends_at > $2 order by added desc limit $3) from_address
        order by by_address, added desc
        """;

    public const string DeleteExpired = """
        with dead as (delete from {s}.nodes where lease_ends_at < clock_timestamp() - interval '1 hour')
        delete from {s}.logins where id in (select id from {s}.logins where keep_until <= $1 limit 1000 for update skip locked)
        """;

    /// <summary>What the watching nodes own and what somebody waits for.</summary>
    public const string Look = $$"""
        select id, version, coalesce(owner, '') from {s}.logins where owner = any($1) and state in ({{Open}})
        union select id, version, coalesce(owner, '') from {s}.logins where id = any($2)
        """;

    // PendingLoginState.Starting and Waiting: what a node has to bring to its end.
    private const string Open = "0, 2";
    private const string Waiting = "2";
    private const string OwnColumns = "id, l.schema, l.version, l.method, l.state, l.owner, l.notification_token_hash, l.hint_hash, l.address_hash, l.started_at, l.ends_at, l.keep_until, l.payload";
}
