using System.Net;
using System.Text.RegularExpressions;
using EvCharge.Gateway.Web;
using EvCharge.GatewayTests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EvCharge.GatewayTests.Web;

public sealed partial class ConsoleFilesTests(GatewayHost host)
{
    private const int InitialLoad = 250 * 1024;
    private const int LargestPart = 120 * 1024;

    [Fact]
    public async Task The_console_and_all_it_refers_to_are_served_under_a_strict_policy()
    {
        var page = (await host.Anonymous().Get("/")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains($"'nonce-{Nonce().Match(page.Text).Groups[1].Value}'", policy, StringComparison.Ordinal);
        Assert.True(page.Message.Headers.CacheControl?.NoStore);

        var files = References().Matches(page.Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(files.Length >= 3, page.Text);
        foreach (var file in files)
        {
            var answer = (await host.Anonymous().Get(file)).Expect(HttpStatusCode.OK);
            Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(file.StartsWith("/assets/", StringComparison.Ordinal), answer.Message.Headers.CacheControl?.Extensions.Any(one => one.Name == "immutable"));
            (await host.Anonymous().With("If-None-Match", answer.ETag!).Get(file)).Expect(HttpStatusCode.NotModified);
        }
    }

    [Fact]
    public async Task Each_answer_has_a_nonce_of_its_own()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => Nonce().Match((await host.Anonymous().Get("/")).Text).Groups[1].Value));

        Assert.Equal(3, seen.Distinct().Count());
        Assert.All(seen, nonce => Assert.Equal(32, nonce.Length));
    }

    [Fact]
    public async Task A_deep_link_is_the_page_and_a_file_that_is_not_there_is_not()
    {
        Assert.Contains("id=\"root\"", (await host.Anonymous().Get("/t/default/sites/s1?view=table")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/assets/nothing.js", "/nothing", "/api/v1/nothing", "/assets/../EvCharge.Gateway.dll", "/EvCharge.Gateway.dll"])
        {
            (await host.Anonymous().Get(path)).Expect(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Nothing_in_the_page_runs_or_styles_inline() =>
        Assert.DoesNotMatch("<script>|<style|style=|\\son[a-z]+=", (await host.Anonymous().Get("/")).Text);

    [Fact]
    public async Task What_is_loaded_at_first_is_small_and_so_is_each_part()
    {
        var page = (await host.Anonymous().Get("/")).Text;
        var first = References().Matches(page).Select(match => match.Groups[1].Value).ToArray();
        var sizes = await Task.WhenAll(first.Select(Compressed));

        Assert.InRange(sizes.Sum(), 50 * 1024, InitialLoad);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "console", "assets"), "*.js"))
        {
            Assert.InRange(await Compressed($"/assets/{Path.GetFileName(file)}"), 1, LargestPart);
        }
    }

    [Fact]
    public async Task Without_the_console_the_page_says_how_to_get_it()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapConsole(Path.Combine(AppContext.BaseDirectory, "no-console"));
        await app.StartAsync(TestContext.Current.CancellationToken);

        var answer = await new ApiClient(new Uri(app.Urls.First())).Get("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("Node 20", answer.Text, StringComparison.Ordinal);
    }

    private async Task<int> Compressed(string path)
    {
        var answer = (await host.Anonymous().With("Accept-Encoding", "gzip, br").Get(path)).Expect(HttpStatusCode.OK);
        Assert.Equal("br", Assert.Single(answer.Message.Content.Headers.ContentEncoding));
        return (await answer.Message.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
    }

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("name=\"csp-nonce\" content=\"([0-9a-f]+)\"")]
    private static partial Regex Nonce();
}
