using System.Text.Json.Serialization;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>How documents are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BodyDocument))]
[JsonSerializable(typeof(HeadDocument))]
[JsonSerializable(typeof(SideOutputEntry[]))]
[JsonSerializable(typeof(JournalHeadDocument))]
[JsonSerializable(typeof(BudgetDocument))]
[JsonSerializable(typeof(BudgetVersionDocument))]
[JsonSerializable(typeof(SpendEntry))]
[JsonSerializable(typeof(SpendEntryState))]
[JsonSerializable(typeof(FlagEntry))]
[JsonSerializable(typeof(FlagEntryState))]
[JsonSerializable(typeof(BoardContent))]
public sealed partial class CosmosJson : JsonSerializerContext;
