using System.Text.Json.Serialization;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Operations;
using ClickFuncs.Functions.Quarantine;
using ClickFuncs.Functions.Tables;

namespace ClickFuncs.Functions.Documents;

/// <summary>
/// How documents are written. Numbers are text: Cosmos DB takes JSON numbers for doubles, and a watermark before the first event, or a large
/// amount, would come back as another one.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(BodyDocument))]
[JsonSerializable(typeof(HeadDocument))]
[JsonSerializable(typeof(SideOutputEntry[]))]
[JsonSerializable(typeof(ReplayMarksDocument))]
[JsonSerializable(typeof(OperationsContent))]
[JsonSerializable(typeof(JournalHeadDocument))]
[JsonSerializable(typeof(BudgetDocument))]
[JsonSerializable(typeof(BudgetVersionDocument))]
[JsonSerializable(typeof(SpendEntry))]
[JsonSerializable(typeof(SpendEntryState))]
[JsonSerializable(typeof(FlagEntry))]
[JsonSerializable(typeof(FlagEntryState))]
[JsonSerializable(typeof(BoardContent))]
[JsonSerializable(typeof(CatalogLine[]))]
[JsonSerializable(typeof(ApiKeyDocument))]
[JsonSerializable(typeof(LedgerHeadDocument))]
[JsonSerializable(typeof(LedgerMarkDocument))]
[JsonSerializable(typeof(JournalNameDocument))]
[JsonSerializable(typeof(LedgerLine[]))]
public sealed partial class DocumentJson : JsonSerializerContext;
