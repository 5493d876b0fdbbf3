using EvCharge.Domain.Identity;
using EvCharge.History.Certificates;
using EvCharge.History.Configuration;
using EvCharge.HistoryTests.Sessions;

namespace EvCharge.HistoryTests.Certificates;

public sealed class CertificateWatchTests
{
    private static readonly ChargerId Charger = new(TestHistory.Tenant, "CP1");

    [Fact]
    public async Task It_tells_once_of_what_ends_soon_and_is_not_replaced()
    {
        await using var history = await Create();
        await Issue(history, "soon", Facts.Noon.AddDays(20));
        await Issue(history, "late", Facts.Noon.AddDays(40));
        using var watch = history.Service<CertificateWatch>();
        await watch.Look();
        Assert.Equal(0, await Events(history));

        await history.Configuration.RevokeCertificate(Charger, "late");
        await Issue(history, "sooner", Facts.Noon.AddDays(10));
        await watch.Look();
        await watch.Look();

        Assert.Equal(["sooner", "soon"], await Ending(history));
        Assert.Equal(1, await history.Scalar<long>("SELECT COUNT(*) FROM event WHERE kind = 'certificate-expiring' AND detail LIKE '%soon %'"));
        Assert.Equal(1, await Events(history));
    }

    [Fact]
    public async Task The_name_of_a_deleted_charger_is_no_use_to_who_has_its_certificate()
    {
        await using var history = await Create();
        await Issue(history, "its", Facts.Noon.AddDays(300));
        Assert.False(await history.Configuration.IsRevoked(Charger, "its"));

        await history.Configuration.DeleteCharger(Charger, null);
        await history.Configuration.PutCharger(TestHistory.Tenant, Plain(), null);

        Assert.True(await history.Configuration.IsRevoked(Charger, "its"));
    }

    [Fact]
    public async Task A_charger_is_issued_ten_within_a_day_and_no_more()
    {
        await using var history = await Create();
        for (var number = 0; number < ConfigurationStore.MostCertificatesPerDay; number++)
        {
            Assert.True(await Issue(history, $"n{number}", Facts.Noon.AddDays(300)));
        }

        Assert.False(await Issue(history, "more", Facts.Noon.AddDays(300)));
        Assert.True(await Issue(history, "tomorrow", Facts.Noon.AddDays(300), Facts.Noon.AddDays(1).AddSeconds(1)));
        Assert.False(await history.Configuration.AddCertificate(Charger with { Name = "nobody" }, Certificate("x", Facts.Noon, Facts.Noon)));
    }

    [Fact]
    public async Task A_profile_that_the_charger_was_told_holds_when_it_comes_back_with_it_and_not_after_a_put()
    {
        await using var history = await Create();
        await history.Configuration.SetNextProfile(Charger, 2);
        Assert.Equal(WriteOutcome.InUse, (await history.Configuration.TakeUpNextProfile(Charger, 3)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.TakeUpNextProfile(Charger, 2)).Outcome);
        var raised = (await history.Configuration.Charger(Charger))!.Value;
        Assert.Equal((2, null), (raised.SecurityProfile, raised.NextSecurityProfile));

        await history.Configuration.SetNextProfile(Charger, 3);
        await history.Configuration.PutCharger(TestHistory.Tenant, raised, null);
        Assert.Equal(3, (await history.Configuration.Charger(Charger))!.Value.NextSecurityProfile);
        await history.Configuration.PutCharger(TestHistory.Tenant, raised with { SecurityProfile = 0 }, null);
        Assert.Null((await history.Configuration.Charger(Charger))!.Value.NextSecurityProfile);
    }

    private static async Task<TestHistory> Create()
    {
        var history = await TestHistory.Create();
        await history.Configuration.PutCharger(TestHistory.Tenant, Plain(), null);
        return history;
    }

    private static ChargerConfiguration Plain() => new("CP1", null, 0, null, null, [new ConnectorConfiguration(1, null)]);

    private static Task<bool> Issue(TestHistory history, string name, DateTimeOffset end, DateTimeOffset? at = null) =>
        history.Configuration.AddCertificate(Charger, Certificate(name, at ?? Facts.Noon, end));

    private static IssuedCertificate Certificate(string name, DateTimeOffset at, DateTimeOffset end) =>
        new(Charger, name, "01", at, end, at, null);

    private static async Task<IReadOnlyList<string>> Ending(TestHistory history) =>
        [.. (await history.Configuration.CertificatesThatEnd(SiteScope.All(TestHistory.Tenant), Facts.Noon.AddDays(30), 10)).Select(each => each.Fingerprint)];

    private static Task<long> Events(TestHistory history) =>
        history.Scalar<long>("SELECT COUNT(*) FROM event WHERE kind = 'certificate-expiring'");
}
