using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EvCharge.GatewayTests.OpenId;

/// <summary>A company's identity provider, made of OpenIddict. Whoever comes is the person who sits there.</summary>
public sealed class CompanyProvider : IAsyncLifetime
{
    public const string ClientId = "evcharge";
    public const string Secret = "what only the two know + 1";

    private WebApplication? _app;

    public string Issuer => _app!.Urls.First();

    /// <summary>Who sits before the browser; null for nobody who is let through.</summary>
    public Person? Sitting { get; set; }

    /// <summary>Whether claims come with the token, or have to be asked for.</summary>
    public bool TellsInToken { get; set; } = true;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                .SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo")
                .RegisterScopes(Scopes.Profile, Scopes.Email)
                .AddEphemeralEncryptionKey().AddEphemeralSigningKey()
                .UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != Secret)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (Sitting is { } person)
                {
                    context.SignIn(PrincipalOf(person, context.Request!));
                }
                else
                {
                    context.Reject(Errors.AccessDenied, "Nobody of ours.");
                }

                return default;
            }));
            server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.Claims["preferred_username"] = context.AccessTokenPrincipal!.GetClaim("preferred_username");
                context.Claims["groups"] = new OpenIddictParameter([.. context.AccessTokenPrincipal!.GetClaims("groups")]);
                return default;
            }));
        });
        _app = builder.Build();
        _app.UseRouting();
        _app.UseAuthentication();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        await HasMadeItsKeys();
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>It makes them when first asked, which on a busy machine takes longer than a real one is waited for.</summary>
    private async Task HasMadeItsKeys()
    {
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri($"{Issuer}/.well-known/openid-configuration"), TestContext.Current.CancellationToken);
        await http.GetStringAsync(new Uri($"{Issuer}/.well-known/jwks"), TestContext.Current.CancellationToken);
    }

    private ClaimsPrincipal PrincipalOf(Person person, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("company", "preferred_username", "groups");
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim("preferred_username", person.Name);
        identity.AddClaims("groups", [.. person.Groups]);
        identity.SetDestinations(claim => TellsInToken || claim.Type == Claims.Subject
            ? [Destinations.AccessToken, Destinations.IdentityToken]
            : [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(request.GetScopes());
        return principal;
    }
}

/// <summary>Somebody whom a company employs.</summary>
public sealed record Person(string Subject, string Name, params string[] Groups);
