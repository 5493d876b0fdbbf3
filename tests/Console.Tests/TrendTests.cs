using EvCharge.ConsoleTests.Product;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>Curves side by side, which their address brings back.</summary>
public sealed class TrendTests(RunningProduct product)
{
    [Fact]
    public async Task Curves_are_added_taken_away_and_found_again_by_their_address()
    {
        var active = (await product.Administrator.Get("/api/v1/transactions?active=true")).Body.GetProperty("items")[0];
        var charger = active.GetProperty("charger").GetString()!;
        await using var visit = await product.Visit("/t/default/trends", user: "guest");
        await Choose(visit, charger);
        await visit.Button("Add", "").ClickAsync();
        await visit.Page.Locator("canvas").First.WaitForAsync();
        await visit.Page.GetByLabel("Curve", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("current.l1");
        await visit.Button("Add", "").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("canvas")).ToHaveCountAsync(2);
        await visit.IsSound();

        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Export CSV", "").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("tag,unit,at,least,greatest,last", lines[0]);
        Assert.Contains(lines, line => line.StartsWith($"charger/{charger}/connector/1/power,W,20", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"charger/{charger}/connector/1/current.l1,A,20", StringComparison.Ordinal));

        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator("canvas")).ToHaveCountAsync(2);
        await visit.Page.GetByLabel($"Remove charger/{charger}/connector/1/power").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("canvas")).ToHaveCountAsync(1);
        await visit.Button("Earlier", "").ClickAsync();
        await visit.Page.GetByText("Nothing was recorded of").WaitForAsync();
        await visit.Button("Now", "").ClickAsync();
        await visit.Page.Locator("canvas").WaitForAsync();
        visit.HasNoComplaints();
    }

    private static async Task Choose(Visit visit, string option)
    {
        await visit.Page.GetByLabel("Of", new PageGetByLabelOptions { Exact = true }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = option, Exact = true }).ClickAsync();
    }
}
