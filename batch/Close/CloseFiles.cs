using System.Globalization;

namespace ClickFuncs.Batch.Close;

/// <summary>Lake paths of what a close makes on its way, under its own run: what a failed close left is in nobody's way.</summary>
/// <param name="Date">The day.</param>
/// <param name="Run">Tells the close from others of the day.</param>
internal sealed record CloseFiles(DateOnly Date, Guid Run)
{
    /// <summary>Folder of them all.</summary>
    public string Folder => string.Create(CultureInfo.InvariantCulture, $"recount/{Date:yyyy-MM-dd}/{Run:N}/");

    /// <summary>The stream's numbers as they were.</summary>
    public string Stream => $"{Folder}stream.parquet";

    /// <summary>The rows of a bucket.</summary>
    public string Bucket(int bucket) => string.Create(CultureInfo.InvariantCulture, $"{Folder}bucket-{bucket:000}.parquet");

    /// <summary>Folder of the reports of a revision.</summary>
    public static string Reports(DateOnly date, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"reports/reconciliation/{date:yyyy-MM-dd}/r{revision:0000}/");
}
