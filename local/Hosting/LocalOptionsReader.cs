using System.ComponentModel.DataAnnotations;
using ClickFuncs.Links;
using Microsoft.Extensions.Configuration;

namespace ClickFuncs.Local.Hosting;

/// <summary>Reads and checks the settings. Whatever is wrong is said in one message, each error naming its setting.</summary>
internal static class LocalOptionsReader
{
    /// <summary>Section that holds every setting, in the file and (as <c>ClickFuncs__</c>) in environment variables.</summary>
    public const string Section = "ClickFuncs";

    /// <summary>Reads the settings of a data folder.</summary>
    /// <exception cref="SettingsException">A setting is unknown, unreadable or out of range.</exception>
    public static LocalOptions Read(DataDirectory directory) => Read(directory, out _);

    /// <summary>Reads the settings of a data folder, and gives them as configuration too, for what binds its own section.</summary>
    /// <exception cref="SettingsException">A setting is unknown, unreadable or out of range.</exception>
    public static LocalOptions Read(DataDirectory directory, out IConfiguration configuration)
    {
        var options = new LocalOptions();
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(directory.Settings, optional: true)
                .AddEnvironmentVariables()
                .Build();
            // A misspelt setting must not pass for its default.
            configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException or FormatException)
        {
            // Of a broken file the inner exception says where; of an unreadable value the outer one says which.
            throw new SettingsException(directory.Settings, [failure is InvalidDataException { InnerException: { } why } ? why.Message : failure.Message]);
        }

        var errors = new List<string>();
        Check("Log", options.Log, errors);
        Check("Spool", options.Spool, errors);
        Check("Processor", options.Processor, errors);
        Check("Stream", options.Stream, errors);
        Check("Analytics", options.Analytics, errors);
        Check("Catalog", options.Catalog, errors);
        Check("Api", options.Api, errors);
        Check("SignIn", options.SignIn, errors);
        Check("Metrics", options.Metrics, errors);
        Check("Telemetry", options.Telemetry, errors);
        Check("Freshness", options.Freshness, errors);
        Check("Alerts", options.Alerts, errors);
        Check("Redirect", options.Redirect, errors);
        Check("Archive", options.Archive, errors);
        Check("Verdicts", options.Verdicts, errors);
        Check("Velocity", options.Velocity, errors);
        Check("Budgets", options.Budgets, errors);
        Check("Quarantine", options.Quarantine, errors);
        Check("Maintenance", options.Maintenance, errors);
        Check("Workflows", options.Workflows, errors);
        Check("Close", options.Close, errors);
        Check("Reconciliation", options.Reconciliation, errors);
        Check("Upkeep", options.Upkeep, errors);
        Check("Batch", options.Batch, errors);
        errors.AddRange(LinkOptionsRules.Problems(WithAnyKey(options.Links), options.Processor.DedupHorizon).Select(e => $"Links: {e}"));
        return errors.Count == 0 ? options : throw new SettingsException(directory.Settings, errors);
    }

    // Without keys of its own a machine makes one at first use; the rest of the section is checked now.
    private static LinkOptions WithAnyKey(LinkOptions links) => links.Keys.Count > 0 ? links : new LinkOptions
    {
        Keys = [new LinkKeyOptions { Id = 1, Secret = Convert.ToBase64String(new byte[LinkKey.MinSecretBytes]) }],
        ActiveKeyId = 1,
        Lifetime = links.Lifetime,
        ClockSkew = links.ClockSkew,
    };

    private static void Check(string section, object options, List<string> errors)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"{section}: {r.ErrorMessage}"));
    }
}

/// <summary>The settings can't be used; the message lists why.</summary>
internal sealed class SettingsException(string file, IReadOnlyList<string> errors)
    : Exception($"The settings (from {file} and {LocalOptionsReader.Section}__ variables) are wrong:\n  " + string.Join("\n  ", errors));
