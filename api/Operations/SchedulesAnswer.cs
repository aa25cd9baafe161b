namespace ClickFuncs.Api.Operations;

/// <summary>What runs by itself.</summary>
/// <param name="Schedules">Each of them.</param>
public sealed record SchedulesAnswer(IReadOnlyList<ScheduleAnswer> Schedules);

/// <summary>Something that runs by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cron">When, UTC.</param>
public sealed record ScheduleAnswer(string Name, string Cron);
