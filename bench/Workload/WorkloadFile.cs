namespace ClickFuncs.Bench.Workload;

/// <summary>Writes a whole workload to a file.</summary>
internal static class WorkloadFile
{
    /// <summary>Generates and writes; an existing file is replaced.</summary>
    /// <returns>The layout, for those who want to know what is in the file.</returns>
    public static WorkloadOrder Write(WorkloadOptions options, string path)
    {
        options.Validate();
        var order = WorkloadOrder.Create(options);
        var line = new WorkloadLine(options, order);
        var buffer = new byte[1 << 20];
        var filled = 0;
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var number in order.Lines)
        {
            if (buffer.Length - filled < WorkloadLine.MaxBytes)
            {
                file.Write(buffer.AsSpan(0, filled));
                filled = 0;
            }

            filled += line.Write(number, buffer.AsSpan(filled));
        }

        file.Write(buffer.AsSpan(0, filled));
        return order;
    }
}
