using ClickFuncs.Local.Querying;

namespace ClickFuncs.Local.Tests.Querying;

public sealed class HostRefusalTests
{
    [Theory]
    [InlineData("""{"type":"/problems/nothing-staged","title":"Nothing staged","status":409,"detail":"Nothing is kept.","code":"nothing_staged"}""", "Nothing is kept.")]
    [InlineData("""{"title":"Nothing staged"}""", """{"title":"Nothing staged"}""")]
    [InlineData("""{"detail":5}""", """{"detail":5}""")]
    [InlineData("[1]", "[1]")]
    [InlineData("<html>502</html>", "<html>502</html>")]
    [InlineData("", "")]
    public void Explain_AnswerOfAHost_IsItsDetailOrAllOfIt(string answer, string sentence) => Assert.Equal(sentence, HostRefusal.Explain(answer));
}
