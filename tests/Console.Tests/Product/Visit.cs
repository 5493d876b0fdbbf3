using System.Text.RegularExpressions;
using EvCharge.Servers;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests.Product;

/// <summary>Somebody before the console. What the browser complains of is kept, and asked for at the end.</summary>
public sealed partial class Visit : IAsyncDisposable
{
    /// <summary>Where npm put it when the console was built.</summary>
    private static readonly string Axe = Path.Combine(SourceTree.Root, "src", "Console", "node_modules", "axe-core", "axe.min.js");

    private readonly IBrowserContext _window;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext window, IPage page)
    {
        (_window, Page) = (window, page);
        page.Console += (_, message) => Complain(message.Type is "error" or "warning" ? $"{message.Text} {message.Location}" : "");
        page.PageError += (_, fault) => Complain(fault);
    }

    public IPage Page { get; }

    public static async Task<Visit> Begin(Browser browser, Uri address, Look look, string user)
    {
        var window = await browser.Window(look);
        var visit = new Visit(window, await window.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        await visit.SignIn(user);
        return visit;
    }

    /// <summary>The word that is shown for a name, whatever the language.</summary>
    public ILocator Button(string english, string french) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex($"^({Regex.Escape(english)}|{Regex.Escape(french)})$") });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>A member of the form that is open.</summary>
    public ILocator Field(string name) => Dialog.Locator($"[name='{name}']");

    /// <summary>A row of a list of what is configured.</summary>
    public ILocator Thing(string name) => Page.Locator($"[data-thing='{name}']");

    /// <param name="within">Where the form is; the dialog where left out.</param>
    public Task Save(ILocator? within = null) => Press(within ?? Dialog, "Save");

    /// <summary>Deletes one of a list as it has to be: by its name.</summary>
    public async Task Delete(string name)
    {
        await Press(Thing(name), "Delete");
        await Page.GetByLabel($"Type {name} to confirm").FillAsync(name);
        await Press(Dialog, "Delete");
        await Thing(name).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>Presses a button by its English name.</summary>
    public static Task Press(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();

    public ILocator Connector(string key) => Page.Locator($"[data-connector='{key}']");

    /// <summary>Waits until the stream says that what is shown is of now.</summary>
    public Task IsLive() => Page.Locator("[data-live=live]").WaitForAsync();

    /// <summary>What every screen has to hold: nothing sticks out, no word is missing, and who cannot see or point is not shut out.</summary>
    public async Task IsSound()
    {
        var overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} px too wide");
        Assert.DoesNotMatch(UntranslatedKey(), await Page.Locator("body").InnerTextAsync());

        await Page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken));
        var violations = await Page.EvaluateAsync<string[]>("""
            async () => {
              const found = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
              return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
            }
            """);
        Assert.True(violations.Length == 0, $"{Page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>Nothing went wrong that the browser knows of.</summary>
    public void HasNoComplaints() => Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));

    public async ValueTask DisposeAsync() => await _window.DisposeAsync();

    internal async Task SignIn(string user)
    {
        await Page.Locator("input[name=username]").FillAsync(user);
        await Page.Locator("input[name=password]").FillAsync(RunningProduct.Password);
        await Page.Locator("button[type=submit]").ClickAsync();
        await Page.Locator("[data-live]").WaitForAsync();
    }

    /// <summary>The answers to whoever is not signed in yet, to what was typed wrong, and to whether there is an authority are errors to the browser.</summary>
    private void Complain(string text)
    {
        if (text.Length > 0 && !Refusal().IsMatch(text))
        {
            _complaints.Add(text);
        }
    }

    [GeneratedRegex("status of (400|401|422)|status of 404.*/api/v1/certificate-authority")]
    private static partial Regex Refusal();

    /// <summary>Names of alarms look like keys, and stand in the audit log as they are.</summary>
    [GeneratedRegex(@"\b(app|alarms|nav|changes|supply|account|certificate|system|needs|signIn|live|error|search|state|share|overview|site|charger(?!\.(security\.|login-refused|certificate-rejected|certificate-expiring|firmware-refused))|command|session|value|ocpp|limit|configure|admin|events|things|people|reservation|permission|keys|localList|maintenance|profile|connector|authorization|batch|settings|trend|help|energy|reason|parameter|mode|commissioning|frame|views|library|proxy|welcome)\.[a-z][A-Za-z]+\b")]
    private static partial Regex UntranslatedKey();
}
