using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using ClickFuncs.Local.Hosting;

namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>The settings as the option classes have them, told as the documentation tells them.</summary>
internal static class SettingsByReflection
{
    /// <summary>Every property of every section, and those of list elements that are options themselves.</summary>
    public static IReadOnlyList<SettingRow> Read()
    {
        var defaults = new LocalOptions();
        return [.. typeof(LocalOptions).GetProperties().SelectMany(section => Settings(section.Name, section.GetValue(defaults)!))];
    }

    private static IEnumerable<SettingRow> Settings(string path, object options)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var name = $"{path}:{property.Name}";
            yield return new SettingRow(name, Text(property.GetValue(options)), Range(property));
            if (ElementType(property.PropertyType) is not { } element)
                continue;
            foreach (var nested in Settings($"{name}:N", Activator.CreateInstance(element)!))
                yield return nested;
        }
    }

    // A list of options: its element is a class of this product.
    private static Type? ElementType(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [{ IsClass: true } element] && element != typeof(string) ? element : null;

    private static string Range(PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? $"{Bound(range.Minimum, range.OperandType)} to {Bound(range.Maximum, range.OperandType)}"
        : "";

    private static string Bound(object bound, Type type) =>
        Text(type == typeof(TimeSpan) ? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture) : bound);

    private static string Text(object? value) => value switch
    {
        null => "none",
        "" => "empty",
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable many => many.Cast<object>().ToList() is { Count: > 0 } list ? string.Join(", ", list) : "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
