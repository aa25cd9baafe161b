using ClickFuncs.Links;
using ClickFuncs.Processing;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Links;

/// <summary>Holds link options against the stream's dedup horizon when the host starts.</summary>
internal sealed class LinkOptionsValidator(IOptions<ProcessorOptions> processor) : IValidateOptions<LinkOptions>
{
    public ValidateOptionsResult Validate(string? name, LinkOptions options)
    {
        var problems = LinkOptionsRules.Problems(options, processor.Value.DedupHorizon);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
