using System.Net;
using System.Text;
using EvCharge.Gateway.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

/// <summary>Every route of the running gateway against every kind of caller: a new route is covered the day it is added.</summary>
public sealed class RouteRightsTests(GatewayHost host)
{
    private static readonly string[] AnonymousPaths =
        ["/", "/assets", "/files", "/health/live", "/health/ready", "/icon.svg", "/ocpp", "/t/{tenant}/{**view}", "/api/v1/auth/token",
         "/api/v1/auth/providers", "/api/v1/auth/openid/{tenant}/{provider}", "/api/v1/auth/openid/{tenant}/{provider}/callback"];

    private IReadOnlyList<RouteEndpoint> Routes =>
        [.. host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    [Fact]
    public void Every_route_declares_one_permission_or_is_on_the_short_list_of_public_ones()
    {
        Assert.True(Routes.Count > 40, "the routes were not found");
        foreach (var route in Routes)
        {
            var declared = route.Metadata.GetOrderedMetadata<RequiredPermission>().Count;
            var open = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var path = "/" + route.RoutePattern.RawText!.Trim('/').Replace("ocpp/{**address}", "ocpp", StringComparison.Ordinal)
                .Replace("files/{tenant}/{secret}/{**name}", "files", StringComparison.Ordinal);
            path = path.StartsWith("/assets/", StringComparison.Ordinal) ? "/assets" : path;
            Assert.True(
                open ? declared == 0 && AnonymousPaths.Contains(path) : declared == 1,
                $"{route.DisplayName} declares {declared} permissions and {(open ? "is" : "is not")} anonymous");
        }
    }

    [Fact]
    public void Every_declared_permission_is_held_by_some_role()
    {
        var known = Roles.All.SelectMany(Roles.PermissionsOf).Concat(Roles.Platform).ToHashSet();
        Assert.All(
            Routes.Select(route => route.Metadata.GetMetadata<RequiredPermission>()).OfType<RequiredPermission>(),
            required => Assert.Contains(required.Permission, known));
    }

    [Trait("attack", "role-bypass")]
    [Fact]
    public async Task Each_role_gets_exactly_what_its_permissions_say()
    {
        var callers = new List<(string Role, ApiClient Client)>();
        foreach (var role in Roles.All)
        {
            callers.Add((role, await host.WithRole(role)));
        }

        var ofSites = await host.WithSites(Roles.Administrator);
        var table = new StringBuilder();
        var matrix = new RightsMatrix(Roles.All);
        foreach (var (method, path, permission, route) in Protected())
        {
            var reach = Reach(route, permission);
            matrix.Add(method, "/" + route.RoutePattern.RawText!.TrimStart('/'), permission, reach);
            var narrow = (await Call(ofSites, method, path)).Status;
            Compare(table, "some sites", method, path, expected: reach == "403", narrow == HttpStatusCode.Forbidden);
            if (reach == "own sites")
            {
                Compare(table, "not their site", method, path, expected: true, narrow == HttpStatusCode.NotFound);
            }

            foreach (var (role, client) in callers)
            {
                var refused = (await Call(client, method, path)).Status == HttpStatusCode.Forbidden;
                Compare(table, $"{role,-14}", method, path, expected: !Roles.PermissionsOf(role).Contains(permission), refused);
            }

            var anonymous = await Call(host.Anonymous(), method, path);
            Compare(table, "anonymous", method, path, expected: true, anonymous.Status == HttpStatusCode.Unauthorized);
            var forger = await Call(host.Anonymous().With("Authorization", "Bearer evs_forged"), method, path);
            Compare(table, "forged token", method, path, expected: true, forger.Status == HttpStatusCode.Unauthorized);
        }

        Assert.True(table.Length == 0, $"role, method, path, expected and actual refusal:\n{table}");
        matrix.Publish();
    }

    [Fact]
    public async Task An_administrator_of_one_tenant_cannot_name_another()
    {
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);
        var table = new StringBuilder();
        foreach (var (method, path, _, _) in Protected())
        {
            var answer = await Call(foreigner.With(PermissionHandler.TenantHeader, "default"), method, path);
            Compare(table, "foreign tenant", method, path, expected: true, answer.Status == HttpStatusCode.Forbidden);
        }

        Assert.True(table.Length == 0, table.ToString());
    }

    /// <summary>Routes with a permission that a program on another machine would need, with names nobody has in their paths.</summary>
    private IEnumerable<(HttpMethod Method, string Path, string Permission, RouteEndpoint Route)> Protected() =>
        from route in Routes
        let required = route.Metadata.GetMetadata<RequiredPermission>()
        where required is { OrOnLoopback: false } && !route.RoutePattern.RawText!.EndsWith("logout", StringComparison.Ordinal)
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (HttpMethod.Parse(method), PathOf(route), required.Permission, route);

    /// <summary>How much of a route is an administrator's who sees some sites only.</summary>
    private static string Reach(RouteEndpoint route, string permission)
    {
        var rules = route.Metadata.OfType<SiteRule>().ToList();
        var named = route.RoutePattern.Parameters.Any(parameter => parameter.Name is "site" or "charger");
        return !Roles.OfSites.Contains(permission) ? "403"
            : permission == Permission.SignedIn ? "yes"
            : rules.Contains(SiteRule.Narrowed) ? "narrowed"
            : named ? "own sites"
            : rules.Contains(SiteRule.Common) ? "yes"
            : "403";
    }

    private static string PathOf(RouteEndpoint route) => "/" + string.Join(
        '/',
        route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" or "connector" or "profile" } => "987654321",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "action" } => "ClearCache",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
            _ => "nobody",
        }))));

    /// <summary>A body that no endpoint takes, so that the test changes nothing where it is let in.</summary>
    private static Task<ApiAnswer> Call(ApiClient client, HttpMethod method, string path) =>
        method == HttpMethod.Get || method == HttpMethod.Delete
            ? client.Send(method, path, null)
            : client.SendText(method, path, path.Contains("/calls/", StringComparison.Ordinal) ? "{}" : """{"noSuchMember":1}""");

    private static void Compare(StringBuilder table, string caller, HttpMethod method, string path, bool expected, bool actual)
    {
        if (expected != actual)
        {
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{caller} {method,-6} {path}  expected {expected}, was {actual}");
        }
    }
}
