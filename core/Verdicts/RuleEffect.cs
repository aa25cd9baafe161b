namespace ClickFuncs.Verdicts;

/// <summary>What a rule does to a click it applies to.</summary>
public enum RuleEffect
{
    /// <summary>Nothing: the rule is not asked.</summary>
    Off,

    /// <summary>Marks it suspect: billed, and visible.</summary>
    Suspect,

    /// <summary>Marks it invalid: not billed.</summary>
    Invalid,
}
