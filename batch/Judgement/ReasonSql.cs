using System.Globalization;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Judgement;

/// <summary>The one reason that stands for a set, in SQL: that of <see cref="VerdictReasonCodes.Deciding"/>.</summary>
internal static class ReasonSql
{
    /// <summary>Code of the deciding reason of a column of bits; empty for none.</summary>
    internal static string Deciding(string bits)
    {
        var cases = VerdictReasonCodes.ByWeight.Select(reason => string.Create(CultureInfo.InvariantCulture, $"WHEN {bits} & {(ulong)reason} <> 0 THEN '{reason.Code()}'"));
        return $"CASE {string.Join(' ', cases)} WHEN {bits} <> 0 THEN '{VerdictReasonCodes.Other}' ELSE '' END";
    }
}
