using ClickFuncs.Local.Commands;
using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Tests.Commands;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task Verify_WhileAnotherVerbHoldsTheLog_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("clickfuncs-verify-");
        try
        {
            var log = folder.CreateSubdirectory("log").FullName;
            using (DirectoryLock.Take(log))
                Assert.Equal(1, await LocalCommands.InvokeAsync(["verify", "--data", folder.FullName]));

            Assert.Equal(0, await LocalCommands.InvokeAsync(["verify", "--data", folder.FullName]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
