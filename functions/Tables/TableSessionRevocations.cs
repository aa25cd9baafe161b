using System.Globalization;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Sessions;

namespace ClickFuncs.Functions.Tables;

/// <summary>Ended browser sessions, a document each, in the order of their ends: what is over lies at the front.</summary>
/// <param name="documents">The table.</param>
public sealed class TableSessionRevocations(IDocuments documents) : ISessionRevocations
{
    private const string Pk = "revoked-sessions";

    /// <inheritdoc/>
    public async ValueTask RevokeAsync(BrowserSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = new BodyDocument { Id = IdOf(session), Pk = Pk, Body = [] };
        await documents.WriteAsync(Pk, [DocumentWrite.Put(document.Id, document, DocumentJson.Default.BodyDocument)], cancellationToken);
        var over = await documents.RangeAsync(Pk, "0", TextOf(BrowserSession.OverBefore(now)), DocumentLimits.MaxWrites, cancellationToken);
        // Null when another instance deletes them at the same time, and that is as good.
        if (over.Count > 0)
            await documents.WriteAsync(Pk, [.. over.Select(gone => DocumentWrite.Delete(gone.Id))], cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsRevokedAsync(BrowserSession session, CancellationToken cancellationToken) =>
        await documents.FindAsync(Pk, IdOf(session), cancellationToken) is not null;

    private static string IdOf(BrowserSession session) => $"{TextOf(session.Ends)}-{session.Id}";

    // Digits of one length, so that their order is that of the time.
    private static string TextOf(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString("D12", CultureInfo.InvariantCulture);
}
