using ClickFuncs.Api.SignIn.Tokens;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.SignIn;

/// <summary>Reads the key set file when the host starts: with a broken one nobody could sign in, and nothing would say why.</summary>
internal sealed class SignInOptionsValidator : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        if (options.KeySetFile is not { } path)
            return ValidateOptionsResult.Success;
        try
        {
            KeySetRetriever.Parse(File.ReadAllText(path), path);
            return ValidateOptionsResult.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ValidateOptionsResult.Fail($"SignIn: {failure.Message}");
        }
    }
}
