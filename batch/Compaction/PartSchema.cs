namespace ClickFuncs.Batch.Compaction;

/// <summary>The columns of the files of a part, as docs/decisions/0006 says them, in the order they are written.</summary>
internal static class PartSchema
{
    internal const string EventColumns =
        """
        partition INTEGER, sequence BIGINT, arrival_ms BIGINT, event_time_ms BIGINT, stream_time_ms BIGINT, type UTINYINT, id_hash UBIGINT,
        click_id VARCHAR, advertiser_id VARCHAR, campaign_id VARCHAR, ad_group_id VARCHAR, ad_id VARCHAR, creative_id VARCHAR,
        currency VARCHAR, device VARCHAR, country VARCHAR, cost_micros BIGINT, user_key UBIGINT, ip_key UBIGINT,
        user_agent VARCHAR, referrer VARCHAR, non_click_reason UTINYINT, verdict_tier UTINYINT, over_budget BOOLEAN, verdict_reasons UBIGINT
        """;

    internal const string UndecodedColumns =
        "partition INTEGER, sequence BIGINT, arrival_ms BIGINT, event_time_ms BIGINT, reason VARCHAR, body BLOB";

    // Rows stay in the order they came: sorting by id made the files 15 % larger, sorting by advertiser cost more than all else, and
    // counting got no faster by either.
    internal const string FileFormat = "(FORMAT parquet, COMPRESSION zstd)";
}
