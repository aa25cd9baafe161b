namespace ClickFuncs.Catalog;

/// <summary>Whether an ad may run. The numbers are stored.</summary>
public enum AdStatus
{
    /// <summary>It is served; its links redirect.</summary>
    Active = 0,

    /// <summary>It is not served for now. Links that people already see still redirect and still count: the click was
    /// earned while the ad ran, and an error page would punish the reader.</summary>
    Paused = 1,

    /// <summary>It is gone for good: its links answer 404.</summary>
    Archived = 2,
}
