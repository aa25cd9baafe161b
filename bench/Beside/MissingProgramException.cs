namespace ClickFuncs.Bench.Beside;

/// <summary>A program to compare with is not on this machine; the message says which package brings it.</summary>
internal sealed class MissingProgramException(string program, string package)
    : Exception($"There is no {program} on this machine. On Debian or Ubuntu 'apt-get install {package}' brings it; the bench starts and stops it by itself.");
