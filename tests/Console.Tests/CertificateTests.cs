using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EvCharge.ConsoleTests.Product;
using EvCharge.GatewayTests.Api;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>The authority that signs for chargers, and what it signed.</summary>
public sealed class CertificateTests(RunningProduct product)
{
    [Fact]
    public async Task An_authority_is_made_and_a_certificate_that_it_issued_is_revoked()
    {
        (await product.Administrator.Put("/api/v1/tenants/signing", new { })).Expect(HttpStatusCode.Created);
        var there = product.Administrator.With("X-Tenant", "signing");
        await using var visit = await product.Visit("/t/signing/certificates");
        await visit.Page.GetByText("There is no authority yet").WaitForAsync();
        await visit.Page.Locator("[name=organization]").FillAsync("Volt & Co");
        await visit.Page.Locator("[name=validityDays]").FillAsync("0");
        await visit.Button("Save", "").ClickAsync();
        await visit.Page.GetByText("must be 1 to 3650").First.WaitForAsync();
        await visit.Page.Locator("[name=validityDays]").FillAsync("20");
        await visit.Button("Save", "").ClickAsync();
        await visit.Page.GetByText("Its certificate ends").WaitForAsync();
        var saving = visit.Page.WaitForDownloadAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Save its certificate" }).ClickAsync();
        Assert.Equal("authority.pem", (await saving).SuggestedFilename);
        await Issue(there, "S1");

        await visit.Page.ReloadAsync();
        await visit.Page.Locator("[data-certificate]").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "S1" }).ClickAsync();
        var row = visit.Page.Locator("[data-certificate]");
        await Visit.Press(row, "Revoke");
        await visit.Page.GetByLabel("Type S1 to confirm").FillAsync("S1");
        await visit.IsSound();
        await Visit.Press(visit.Dialog, "Revoke");
        await row.GetByText("revoked").WaitForAsync();

        var listed = (await there.Get("/api/v1/chargers/S1/certificates")).Body.GetProperty("items")[0];
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("revokedAt").ValueKind);
        visit.HasNoComplaints();
    }

    private async Task Issue(ApiClient there, string name)
    {
        (await there.Put($"/api/v1/chargers/{name}", new { password = "a-password" })).Expect(HttpStatusCode.Created);
        await using var charger = await WireCharger.Open(product.Address, $"/ocpp/signing/{name}", "a-password", "ocpp1.6");
        await charger.Call("BootNotification", WireCharger.Boot);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O=Volt & Co, CN={name}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var answer = await charger.Call("SignCertificate", JsonSerializer.Serialize(new { csr = request }));
        Assert.Equal("Accepted", answer.GetProperty("status").GetString());
        var signed = await charger.NextCall();
        await charger.Answer(signed.Id, """{"status":"Accepted"}""");
    }
}
