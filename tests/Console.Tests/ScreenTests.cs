using EvCharge.ConsoleTests.Product;

namespace EvCharge.ConsoleTests;

/// <summary>
/// Every screen in six ways that it is looked at, two for each of the three roles; with EVCHARGE_LONG_RUN=1 in all eight for each of them.
/// </summary>
public sealed class ScreenTests(RunningProduct product)
{
    private static readonly (string Path, string Shown)[] Screens =
    [
        ("/t/default/overview", ".figures"),
        ("/t/default/overview?view=table", "table"),
        ("/t/default/sites/default", "[data-connector='DEMO001/1']"),
        ("/t/default/sites/default?view=table", "tr[data-connector='DEMO001/1']"),
        ("/t/default/sites/default?view=heat", "canvas.heat"),
        ("/t/default/sites/default/energy", "[data-share='DEMO001/1']"),
        ("/t/default/sites/default/supply", "form"),
        ("/t/default/chargers/DEMO001", "[data-connector='DEMO001/2']"),
        ("/t/default/sessions", "[data-session]"),
        ("/t/default/sessions/1", "canvas"),
        ("/t/default/console?charger=DEMO001&action=SetChargingProfile", ".console"),
        ("/t/default/frames?charger=DEMO001", "h1, [role=alert]"),
        ("/t/default/events", "h1, [role=alert]"),
        ("/t/default/alarms", "h1"),
        ("/t/default/users", "h1, [role=alert]"),
        ("/t/default/audit", "h1, [role=alert]"),
        ("/t/default/reservations", "h1"),
        ("/t/default/trends?tags=site/default/drawn,site/default/free,charger/DEMO001/connector/1/soc&range=3600", "canvas, [role=status]"),
        ("/t/default/chargers/DEMO001/connectors/1", "[data-connector='DEMO001/1']"),
        ("/t/default/chargers/DEMO001/configuration", ".page-tabs"),
        ("/t/default/chargers/DEMO001/profiles", ".page-tabs"),
        ("/t/default/chargers/DEMO001/maintenance", ".page-tabs"),
        ("/t/default/chargers/DEMO001/proxy", ".page-tabs"),
        ("/t/default/authorization", "h1, [role=alert]"),
        ("/t/default/batches", "h1, [role=alert]"),
        ("/t/default/profile-templates", "h1"),
        ("/t/default/operating-modes?site=default", "h1"),
        ("/t/default/chargers/DEMO001/commissioning", ".page-tabs, [role=alert]"),
        ("/t/default/compatibility", "h1"),
        ("/t/default/firmware", "h1"),
        ("/t/default/settings", "h1, [role=alert]"),
        ("/t/default/changes", "h1, [role=alert]"),
        ("/t/default/certificates", "h1, [role=alert]"),
        ("/t/default/account", "[data-session]"),
        ("/t/default/system", "h1, [role=alert]"),
        ("/t/default/tags", "[data-thing=DEMO-ANNA]"),
        ("/t/default/vehicles", "h1"),
        ("/t/default/roles", "h1, [role=alert]"),
        ("/t/default/identity-providers", "h1, [role=alert]"),
        ("/t/default/api-keys", "h1, [role=alert]"),
        ("/t/default/tenants", "h1, [role=alert]"),
        ("/t/default/welcome", "h1, [role=alert]"),
        ("/t/default/help/operator", ".manual img"),
        ("/t/default/help/administrator", ".manual img"),
        ("/t/default/nothing", "[role=alert]"),
    ];

    private static readonly string[] Users = ["admin", "operator", "guest"];

    public static TheoryData<bool, bool, bool, string> Looks => [.. Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is { Length: > 0 }
        ? from look in Look.All from user in Users select (look.French, look.Dark, look.Phone, user)
        : Look.Pairwise.Select((look, number) => (look.French, look.Dark, look.Phone, Users[number % Users.Length]))];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_screen_is_sound(bool french, bool dark, bool phone, string user)
    {
        var look = new Look(french, dark, phone);
        await using var visit = await product.Visit("/", look, user);
        foreach (var (path, shown) in Screens)
        {
            await visit.Page.GotoAsync(new Uri(product.Address, path).ToString());
            await visit.Page.Locator(shown).First.WaitForAsync();
            await visit.IsSound();
        }

        Assert.Equal(look.French ? "fr" : "en", await visit.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(look.Dark ? "dark" : "light", await visit.Page.Locator("html").GetAttributeAsync("data-mantine-color-scheme"));
        visit.HasNoComplaints();
    }
}
