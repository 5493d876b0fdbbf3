using System.Net;
using System.Text.RegularExpressions;

namespace EvCharge.GatewayTests.Api;

public sealed partial class PageFilesTests(GatewayHost host)
{
    [Fact]
    public async Task The_page_and_all_it_refers_to_are_served_under_a_strict_policy()
    {
        var page = (await host.Anonymous().Get("/")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        var files = References().Matches(page.Text).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("/page.js", files);
        foreach (var imported in Imports().Matches((await host.Anonymous().Get("/page.js")).Text + (await host.Anonymous().Get("/board.js")).Text).ToArray())
        {
            files.Add("/" + imported.Groups[1].Value);
        }

        foreach (var file in files)
        {
            var answer = (await host.Anonymous().Get(file)).Expect(HttpStatusCode.OK);
            Assert.Equal("nosniff", Assert.Single(answer.Message.Headers.GetValues("X-Content-Type-Options")));
            (await host.Anonymous().With("If-None-Match", answer.ETag!).Get(file)).Expect(HttpStatusCode.NotModified);
        }
    }

    [Trait("attack", "stored-markup")]
    [Fact]
    public async Task Nothing_of_the_page_makes_markup_of_data_or_runs_inline()
    {
        Assert.DoesNotMatch("<script>|<style|style=|\\son[a-z]+=", (await host.Anonymous().Get("/")).Text);
        foreach (var script in (string[])["/page.js", "/board.js", "/symbols.js", "/words.js"])
        {
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(", (await host.Anonymous().Get(script)).Text);
        }
    }

    [Fact]
    public async Task Both_languages_have_every_word()
    {
        var text = (await host.Anonymous().Get("/words.js")).Text;
        var french = text.IndexOf("  fr: {", StringComparison.Ordinal);
        string[] Names(string part) => [.. WordNames().Matches(part).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

        var english = Names(text[..french]);

        Assert.True(english.Length > 30, "the words were not found");
        Assert.Equal(english, Names(text[french..text.IndexOf("};", french, StringComparison.Ordinal)]));
    }

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("from '\\./([^']+)'")]
    private static partial Regex Imports();

    [GeneratedRegex("(\\w+): '")]
    private static partial Regex WordNames();
}
