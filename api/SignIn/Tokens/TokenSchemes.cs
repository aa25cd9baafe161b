using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ClickFuncs.Api.SignIn.Tokens;

/// <summary>
/// How tokens are verified: one scheme per issuer, so that the keys of one never vouch for another's name. Of a token only the
/// header's <c>alg</c> and <c>kid</c> steer the verification, and both only pick from what is configured.
/// </summary>
internal sealed class TokenSchemes(IOptions<SignInOptions> signIn, TimeProvider time, IServiceProvider services)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>Tokens of the configured issuer.</summary>
    public const string Issuer = "issuer";

    /// <summary>Tokens of the <see cref="DevelopmentIssuer"/>.</summary>
    public const string Development = "development";

    /// <summary>Longest token, in characters; far more than any issuer makes, far less than hurts.</summary>
    public const int MaxTokenLength = 16 * 1024;

    // How often an unknown key may make us ask the issuer again, and how soon a withdrawn one is forgotten.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AutomaticRefreshInterval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    private readonly SignInOptions _options = signIn.Value;

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.SaveToken = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenLength });
        options.TokenValidationParameters = Parameters();
        options.Events = new TokenEvents(_options);
        options.RefreshInterval = RefreshInterval;
        options.AutomaticRefreshInterval = AutomaticRefreshInterval;
        if (name == Development)
            UseDevelopmentKey(options.TokenValidationParameters);
        else
            UseIssuer(options);
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
        ValidAudience = _options.Audience,
        RequireSignedTokens = true,
        // A token without 'kid', or with an unknown one, is not tried against every key there is.
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = new TokenLifetime(time, _options.ClockSkew).Validate,
    };

    private void UseDevelopmentKey(TokenValidationParameters parameters)
    {
        parameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        parameters.ValidIssuer = DevelopmentIssuer.Name;
        // Without the issuer there is no key, and no token of it is accepted.
        parameters.IssuerSigningKey = services.GetService<DevelopmentIssuer>()?.PublicKey;
    }

    private void UseIssuer(JwtBearerOptions options)
    {
        if (_options.Authority is { } authority)
        {
            options.Authority = authority;
            options.BackchannelTimeout = FetchTimeout;
            options.RequireHttpsMetadata = !new Uri(authority).IsLoopback;
        }
        else if (_options.KeySetFile is { } path)
        {
            options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                path, new KeySetRetriever(_options.Issuer!), new FileDocumentRetriever())
            {
                RefreshInterval = RefreshInterval,
                AutomaticRefreshInterval = AutomaticRefreshInterval,
            };
        }
    }
}
