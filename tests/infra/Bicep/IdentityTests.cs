using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>Managed identities and nothing else: no keys that work, no secret in a template, roles by name.</summary>
public sealed partial class IdentityTests
{
    // Where each service has its switch, and which way it must stand.
    private static readonly Dictionary<string, (string Property, bool Value)[]> Switches = new()
    {
        ["Microsoft.Storage/storageAccounts"] = [("properties.allowSharedKeyAccess", false), ("properties.allowBlobPublicAccess", false)],
        ["Microsoft.EventHub/namespaces"] = [("properties.disableLocalAuth", true)],
        ["Microsoft.DocumentDB/databaseAccounts"] = [("properties.disableLocalAuth", true), ("properties.disableKeyBasedMetadataWriteAccess", true)],
        ["Microsoft.Insights/components"] = [("properties.DisableLocalAuth", true)],
        ["Microsoft.OperationalInsights/workspaces"] = [("properties.features.disableLocalAuth", true)],
        ["Microsoft.KeyVault/vaults"] = [("properties.enableRbacAuthorization", true)],
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = [("properties.allow", false)],
    };

    [BicepFact]
    public async Task Keys_EveryService_AreOff()
    {
        var template = await BicepCompiler.MainAsync();
        foreach (var (type, switches) in Switches)
        {
            Assert.NotEmpty(template.OfType(type));
            foreach (var resource in template.OfType(type))
            {
                foreach (var (property, value) in switches)
                    Assert.True(resource.Find(property) is { } found && found.GetBoolean() == value, $"{resource}: {property} must be {value}.");
            }
        }
    }

    [BicepFact]
    public async Task Template_Everywhere_AsksForNoKey() =>
        Assert.DoesNotMatch(ListsKeys(), (await BicepCompiler.MainAsync()).Root.GetRawText());

    [BicepFact]
    public async Task Roles_Everywhere_AreNamedVariables()
    {
        var template = await BicepCompiler.MainAsync();
        var assignments = template.OfType("Microsoft.Authorization/roleAssignments");

        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment =>
        {
            var definition = assignment.Find("properties.roleDefinitionId")!.Value.GetString()!;
            Assert.DoesNotMatch(Guid(), definition);
            Assert.Matches("variables\\('\\w+Role'\\)|copyIndex", definition);
        });
        // Names end in Role and hold the id that the vendor lists for that name.
        var named = assignments.Select(assignment => assignment.Template).Distinct().SelectMany(RoleVariables).ToHashSet();
        Assert.Equal(RolesOfTheVendor.Order(), named.Select(role => $"{role.Name} {role.Id}").Order().Where(role => !role.StartsWith("roles", StringComparison.Ordinal)));
    }

    [BicepFact]
    public async Task App_Identity_IsTheOnlyOne()
    {
        var template = await BicepCompiler.MainAsync();
        Assert.Single(template.OfType("Microsoft.ManagedIdentity/userAssignedIdentities"));
        Assert.Equal("UserAssigned", Assert.Single(template.OfType("Microsoft.Web/sites")).Find("identity.type")!.Value.GetString());
    }

    [BicepFact]
    public async Task Storage_LakeHostAndBooks_AreApart()
    {
        var accounts = (await BicepCompiler.MainAsync()).OfType("Microsoft.Storage/storageAccounts");
        Assert.Equal(3, accounts.Count);
        Assert.Single(accounts, account => account.Find("properties.isHnsEnabled")?.GetBoolean() == true);
    }

    // From the vendor's list of built-in roles (learn.microsoft.com/azure/role-based-access-control/built-in-roles), written down here once more.
    private static readonly string[] RolesOfTheVendor =
    [
        "keyVaultSecretsOfficerRole b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        "keyVaultSecretsUserRole 4633458b-17de-408a-b874-0445c86b69e6",
        "monitoringMetricsPublisherRole 3913510d-42f4-4e42-8a64-420c390055eb",
        "receiverRole a638d3c7-ab3a-418d-83e6-5f17a39d4fde",
        "senderRole 2b629674-e913-4c01-ae53-ef4638d8f975",
        "storageBlobDataOwnerRole b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        "storageQueueDataContributorRole 974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        "storageTableDataContributorRole 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    ];

    private static IEnumerable<(string Name, string Id)> RoleVariables(JsonElement template) => template.GetProperty("variables").EnumerateObject()
        .Where(variable => variable.Name.EndsWith("Role", StringComparison.Ordinal)).Select(variable => (variable.Name, variable.Value.GetString()!));

    [GeneratedRegex("list(Account)?Keys|listConnectionStrings|listAdminKeys|AccountKey=|SharedAccessKey")]
    private static partial Regex ListsKeys();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-")]
    private static partial Regex Guid();
}
