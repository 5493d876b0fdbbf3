using EvCharge.ChargerSimulator.Sessions;

namespace EvCharge.ClusterTests.Simulator;

public sealed class LocalTagsTests
{
    [Fact]
    public async Task A_list_is_replaced_changed_and_refused_by_its_version_and_size()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        Assert.Equal(0, await VersionAsync(csms));

        Assert.Equal("Accepted", await SendAsync(csms, 3, "Full", Entry("A"), Entry("B", "Blocked")));
        Assert.Equal(3, await VersionAsync(csms));
        Assert.Equal("VersionMismatch", await SendAsync(csms, 3, "Differential", Entry("C")));
        Assert.Equal("Accepted", await SendAsync(csms, 4, "Differential", Entry("C"), """{"idTag":"a"}"""));
        Assert.Equal(["B", "C"], charger.Point.Tags.Listed);
        Assert.Equal("Failed", await SendAsync(csms, 5, "Full", """{"idTag":"X"}"""));
        Assert.Equal("Failed", await SendAsync(csms, 5, "Differential", [.. Enumerable.Range(0, 101).Select(number => Entry($"T{number}"))]));
        Assert.Equal(4, await VersionAsync(csms));
        Assert.Equal("Accepted", await SendAsync(csms, 5, "Full"));
        Assert.Equal(0, await VersionAsync(csms));
    }

    [Fact]
    public async Task It_decides_while_the_charger_is_offline_and_outlives_a_reboot()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        await SendAsync(csms, 1, "Full", Entry("GOOD"), Entry("BAD", "Blocked"), Entry("LATE", expiry: "2001-01-01T00:00:00Z"));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "Reset", """{"type":"Soft"}"""));
        await csms.WaitAsync("BootNotification", 2);

        charger.Point.GoOffline(TimeSpan.FromSeconds(30));
        Assert.Equal(SessionEnd.NotAuthorized, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "bad")));
        Assert.Equal(SessionEnd.NotAuthorized, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "LATE")));
        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "good")));
        Assert.Empty(csms.Calls("Authorize"));
    }

    [Fact]
    public async Task A_listed_tag_need_not_be_asked_for_when_the_charger_is_set_so()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        await SendAsync(csms, 1, "Full", Entry("GOOD"));
        await StatusOfAsync(csms, "ChangeConfiguration", """{"key":"LocalPreAuthorize","value":"true"}""");

        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "GOOD")));
        Assert.Empty(csms.Calls("Authorize"));
        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "OTHER")));
        Assert.Single(csms.Calls("Authorize"));
    }

    [Fact]
    public async Task A_remembered_answer_counts_until_the_cache_is_emptied()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnCall = call => call.Action == "Authorize" && (string)call.Payload["idTag"]! == "BAD"
            ? new CsmsAnswer("""{"idTagInfo":{"status":"Blocked"}}""")
            : CsmsAnswer.Usual;
        await using var charger = await OnlineAsync(csms);
        Assert.Equal(SessionEnd.NotAuthorized, await charger.ChargeAsync(SimulatedCharger.Plan(tag: "BAD")));
        Assert.False(charger.Point.Tags.Knows("BAD"));

        Assert.Equal("Accepted", await StatusOfAsync(csms, "ClearCache", "{}"));
        Assert.Null(charger.Point.Tags.Knows("BAD"));
        await StatusOfAsync(csms, "ChangeConfiguration", """{"key":"AuthorizationCacheEnabled","value":"false"}""");
        Assert.Equal("Rejected", await StatusOfAsync(csms, "ClearCache", "{}"));
    }

    private static async Task<SimulatedCharger> OnlineAsync(TestCsms csms)
    {
        var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);
        return charger;
    }

    private static string Entry(string tag, string status = "Accepted", string? expiry = null)
    {
        var end = expiry is null ? "" : $",\"expiryDate\":\"{expiry}\"";
        return $$$"""{"idTag":"{{{tag}}}","idTagInfo":{"status":"{{{status}}}"{{{end}}}}}""";
    }

    private static Task<string> SendAsync(TestCsms csms, int version, string type, params string[] entries) => StatusOfAsync(
        csms, "SendLocalList", $$"""{"listVersion":{{version}},"updateType":"{{type}}","localAuthorizationList":[{{string.Join(',', entries)}}]}""");

    private static async Task<int> VersionAsync(TestCsms csms) =>
        (int)(await csms.CommandAsync("CP1", "GetLocalListVersion", "{}"))[2]!["listVersion"]!;

    private static async Task<string> StatusOfAsync(TestCsms csms, string action, string payload) =>
        (string)(await csms.CommandAsync("CP1", action, payload))[2]!["status"]!;
}
