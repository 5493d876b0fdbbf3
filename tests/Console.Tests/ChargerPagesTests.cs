using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>The pages of one charger: its keys, profiles, firmware, files and connectors. What it holds is what it said itself.</summary>
public sealed class ChargerPagesTests(RunningProduct product)
{
    [Fact]
    public async Task A_key_is_as_it_should_be_when_the_charger_took_it_and_not_before()
    {
        await New("keyed");
        await using var charger = await WireCharger.Connect(product.Address, "keyed");
        await using var visit = await product.Visit("/t/default/chargers/keyed/configuration");
        await visit.Button("Ask the charger", "").ClickAsync();
        var asked = await charger.NextCall();
        Assert.Equal("GetConfiguration", asked.Action);
        await charger.Answer(asked.Id, """{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"},{"key":"NumberOfConnectors","readonly":true,"value":"1"}]}""");
        var key = visit.Page.Locator("[data-key=HeartbeatInterval]");
        await key.GetByText("300").WaitForAsync();
        await visit.Page.Locator("[data-key=NumberOfConnectors]").GetByText("read only").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("[data-key=NumberOfConnectors]").GetByRole(AriaRole.Button).CountAsync());

        await Visit.Press(key, "Edit");
        await visit.Field("value").FillAsync("60");
        await visit.IsSound();
        await visit.Save();
        var before = await charger.NextCall();
        Assert.Equal("GetConfiguration", before.Action);
        await charger.Answer(before.Id, """{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"}]}""");
        var told = await charger.NextCall();
        Assert.Equal(("ChangeConfiguration", "60"), (told.Action, told.Payload.GetProperty("value").GetString()));
        await visit.Page.Locator("[data-key=HeartbeatInterval][data-differs=true]").WaitForAsync();
        await charger.Answer(told.Id, """{"status":"Accepted"}""");
        await visit.Page.Locator("[data-key=HeartbeatInterval][data-differs=false]").GetByText("Accepted").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_profile_is_drawn_sent_and_laid_under_what_the_charger_makes_of_it()
    {
        await New("profiled");
        await using var charger = await WireCharger.Connect(product.Address, "profiled");
        await using var visit = await product.Visit("/t/default/chargers/profiled/profiles", user: "operator");
        await visit.Button("Send a profile", "").ClickAsync();
        await visit.Field("profile.schedule.periods[0].limit").FillAsync("-1");
        await visit.Save();
        await visit.Dialog.GetByText("must have limits of 0 or more").WaitForAsync();
        await visit.Field("profile.schedule.periods[0].limit").FillAsync("10,5");
        await Visit.Press(visit.Dialog, "Add");
        await visit.Field("profile.schedule.periods[1].limit").FillAsync("6");
        await visit.IsSound();
        await visit.Save();
        var sent = await charger.NextCall();
        var periods = sent.Payload.GetProperty("csChargingProfiles").GetProperty("chargingSchedule").GetProperty("chargingSchedulePeriod");
        Assert.Equal([(0, 10.5), (3600, 6)], periods.EnumerateArray().Select(period => (period.GetProperty("startPeriod").GetInt32(), period.GetProperty("limit").GetDouble())));
        var profile = visit.Page.Locator("[data-profile='1000']");
        await profile.GetByText("does not hold it").WaitForAsync();
        await charger.Answer(sent.Id, """{"status":"Accepted"}""");
        await profile.GetByText("The charger holds it.").WaitForAsync();

        await visit.Button("Ask the charger", "").ClickAsync();
        var asked = await charger.NextCall();
        Assert.Equal(("GetCompositeSchedule", 3600), (asked.Action, asked.Payload.GetProperty("duration").GetInt32()));
        await charger.Answer(asked.Id, """{"status":"Accepted","connectorId":1,"chargingSchedule":{"duration":3600,"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8}]}}""");
        await visit.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "What the charger makes of all, sent" }).WaitForAsync();
        await visit.IsSound();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_kept_profile_is_given_to_a_charger_by_its_name()
    {
        await New("templated");
        await using var charger = await WireCharger.Connect(product.Address, "templated");
        await using var visit = await product.Visit("/t/default/profile-templates");
        await visit.Button("Keep a profile", "").ClickAsync();
        await visit.Field("template").FillAsync("night");
        await visit.Field("name").FillAsync("Night");
        await visit.Field("profile.schedule.periods[0].limit").FillAsync("32");
        await visit.Save();
        await visit.Thing("night").GetByText("0 s: 32 A").WaitForAsync();
        await visit.Page.Locator("main [name='site']").SelectOptionAsync("default");
        await visit.Thing("night").GetByText("all sites").WaitForAsync();
        await visit.Thing("night").GetByText("Edit").ClickAsync();
        await visit.Field("profile.schedule.periods[0].limit").FillAsync("24");
        await visit.Save();
        await visit.Thing("night").GetByText("this site").WaitForAsync();
        await visit.Thing("night").GetByText("0 s: 24 A").WaitForAsync();
        await visit.IsSound();
        await visit.Page.Locator("main [name='site']").SelectOptionAsync("");
        await visit.Thing("night").GetByText("0 s: 32 A").WaitForAsync();

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/templated/profiles").ToString());
        await visit.Button("Send a profile", "").ClickAsync();
        await visit.Field("template").SelectOptionAsync("night");
        await visit.Save();
        var sent = await charger.NextCall();
        Assert.Equal("SetChargingProfile", sent.Action);
        await charger.Answer(sent.Id, """{"status":"Rejected"}""");
        await visit.Page.Locator("[data-profile='1000']").GetByText("Rejected").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Firmware_is_stored_and_fetched_by_the_charger_only_after_its_name_was_typed()
    {
        await New("updated");
        await using var charger = await WireCharger.Connect(product.Address, "updated");
        await using var visit = await product.Visit("/t/default/firmware");
        await visit.Button("Store a firmware", "").ClickAsync();
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "v2.bin", MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes("firmware") });
        await visit.Field("name").FillAsync("no/name");
        await visit.Save();
        await visit.Dialog.GetByRole(AriaRole.Alert).Or(visit.Dialog.Locator("[class*=error]")).First.WaitForAsync();
        await visit.Field("name").FillAsync("v2.bin");
        await visit.Save();
        await visit.Thing("v2.bin").WaitForAsync();

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/updated/maintenance").ToString());
        await visit.Button("Update", "").ClickAsync();
        var update = visit.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Update" });
        await Assertions.Expect(update).ToBeDisabledAsync();
        await visit.Field("typed").FillAsync("updated");
        await visit.IsSound();
        await update.ClickAsync();
        var told = await charger.NextCall();
        Assert.Equal("UpdateFirmware", told.Action);
        Assert.Equal("firmware", await new HttpClient().GetStringAsync(told.Payload.GetProperty("location").GetString(), TestContext.Current.CancellationToken));
        await charger.Answer(told.Id, "{}");
        await visit.Page.Locator("[data-command][data-status=answered]").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Firmware_is_signed_and_the_charger_told_of_its_signature()
    {
        (await product.Administrator.SendBytes(HttpMethod.Put, "/api/v1/firmware/v3.bin", [1, 2, 3])).Expect(HttpStatusCode.Created);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=Maker", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await New("signed");
        await using var charger = await WireCharger.Connect(product.Address, "signed");
        await using var visit = await product.Visit("/t/default/firmware");
        await Visit.Press(visit.Thing("v3.bin"), "Add a signature");
        await visit.Field("certificate").FillAsync(certificate.ExportCertificatePem());
        await visit.Field("signature").FillAsync(Convert.ToBase64String(key.SignData([9], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        await visit.Save();
        await visit.Dialog.GetByText("is not of this file").WaitForAsync();
        await visit.IsSound();
        await visit.Field("signature").FillAsync(Convert.ToBase64String(key.SignData([1, 2, 3], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        await visit.Save();
        await visit.Thing("v3.bin").GetByText("CN=Maker").WaitForAsync();

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/chargers/signed/maintenance").ToString());
        await visit.Button("Update", "").ClickAsync();
        await visit.Field("name").SelectOptionAsync("v3.bin");
        await visit.Field("typed").FillAsync("signed");
        await visit.IsSound();
        await Visit.Press(visit.Dialog, "Update");
        Assert.Equal("SignedUpdateFirmware", (await charger.NextCall()).Action);

        await visit.Page.GotoAsync(new Uri(product.Address, "/t/default/firmware").ToString());
        await Visit.Press(visit.Thing("v3.bin"), "Remove the signature");
        await visit.Thing("v3.bin").GetByText("Add a signature").WaitForAsync();
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Diagnostics_that_the_charger_hands_over_can_be_downloaded()
    {
        await New("diagnosed");
        await using var charger = await WireCharger.Connect(product.Address, "diagnosed");
        await using var visit = await product.Visit("/t/default/chargers/diagnosed/maintenance");
        await visit.Button("Ask for it", "").ClickAsync();
        var told = await charger.NextCall();
        Assert.Equal("GetDiagnostics", told.Action);
        await charger.Answer(told.Id, """{"fileName":"log.txt"}""");
        var handed = await new HttpClient().PutAsync(new Uri(told.Payload.GetProperty("location").GetString()!.TrimEnd('/') + "/log.txt"), new StringContent("it is well"), TestContext.Current.CancellationToken);
        Assert.True(handed.IsSuccessStatusCode, handed.StatusCode.ToString());

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator("[data-file]").GetByRole(AriaRole.Button).ClickAsync());
        Assert.Equal("it is well", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task A_connector_tells_why_it_has_no_more_and_how_its_session_goes()
    {
        var active = (await product.Administrator.Get("/api/v1/transactions?active=true")).Body.GetProperty("items")[0];
        await using var visit = await product.Visit($"/t/default/chargers/{active.GetProperty("charger").GetString()}/connectors/{active.GetProperty("connector").GetInt32()}");
        await visit.Page.GetByText("Share of the site’s limit").WaitForAsync();
        await visit.Page.GetByText("Why no more").WaitForAsync();
        await visit.IsSound();
        visit.HasNoComplaints();
    }

    private async Task New(string charger) => (await product.Administrator.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
}
