using System.Text.Json.Nodes;

namespace EvCharge.ClusterTests.Simulator;

public sealed class ProfileTests
{
    [Fact]
    public async Task Profiles_are_taken_replaced_refused_and_removed()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await SetAsync(csms, 1, Profile(1, "TxDefaultProfile", 0, (0, 16))));
        Assert.Equal("Accepted", await SetAsync(csms, 1, Profile(2, "TxDefaultProfile", 0, (0, 10)))); // Same connector, purpose and level.
        Assert.Equal("Accepted", await SetAsync(csms, 1, Profile(3, "TxDefaultProfile", 1, (0, 12))));
        Assert.Equal("Accepted", await SetAsync(csms, 0, Profile(4, "ChargePointMaxProfile", 0, (0, 32))));
        Assert.Equal("Rejected", await SetAsync(csms, 1, Profile(5, "ChargePointMaxProfile", 1, (0, 32))));
        Assert.Equal("Rejected", await SetAsync(csms, 9, Profile(5, "TxDefaultProfile", 1, (0, 32))));
        Assert.Equal("Rejected", await SetAsync(csms, 1, Profile(5, "TxProfile", 1, (0, 32)))); // No transaction runs.
        Assert.Equal("Rejected", await SetAsync(csms, 1, Profile(5, "TxDefaultProfile", 101, (0, 32))));
        Assert.Equal("Rejected", await SetAsync(csms, 1, Profile(5, "TxDefaultProfile", 5, (60, 32))));
        Assert.Equal([(2, 1), (3, 1), (4, 0)], charger.Point.Profiles.Held);

        Assert.Equal("Unknown", await StatusOfAsync(csms, "ClearChargingProfile", """{"id":1}"""));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "ClearChargingProfile", """{"connectorId":1,"stackLevel":1}"""));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "Reset", """{"type":"Soft"}"""));
        await csms.WaitAsync("BootNotification", 2);
        Assert.Equal([(2, 1), (4, 0)], charger.Point.Profiles.Held);
    }

    [Fact]
    public async Task The_composite_schedule_is_the_least_of_what_counts()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        Assert.Equal("", await ComposeAsync(csms, 1, "A"));

        await SetAsync(csms, 0, Profile(1, "ChargePointMaxProfile", 0, (0, 20)));
        await SetAsync(csms, 0, Profile(2, "TxDefaultProfile", 0, (0, 32)));
        await SetAsync(csms, 1, Profile(3, "TxDefaultProfile", 0, (0, 10)));
        Assert.Equal("0:10", await ComposeAsync(csms, 1, "A"));
        Assert.Equal("0:20", await ComposeAsync(csms, 0, "A"));
        Assert.Equal("0:6900", await ComposeAsync(csms, 1, "W"));

        await SetAsync(csms, 1, Profile(4, "TxDefaultProfile", 2, (0, 32)));
        Assert.Equal("0:20", await ComposeAsync(csms, 1, "A"));
        Assert.Equal("Rejected", (string)(await csms.CommandAsync("CP1", "GetCompositeSchedule", """{"connectorId":7,"duration":60}"""))[2]!["status"]!);
    }

    [Fact]
    public async Task Periods_follow_one_another_and_a_day_starts_anew()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        // The day of the profile began 23 h ago: its second period runs, its first comes back in an hour.
        var start = charger.Point.Options.Clock.GetUtcNow().AddHours(-23).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        await SetAsync(csms, 1, Profile(1, "TxDefaultProfile", 0, (0, 16), (43_200, 6)).Replace(
            "\"chargingProfileKind\":\"Relative\"", "\"chargingProfileKind\":\"Recurring\",\"recurrencyKind\":\"Daily\"", StringComparison.Ordinal).Replace(
            "\"chargingRateUnit\":\"A\"", $"\"chargingRateUnit\":\"A\",\"startSchedule\":\"{start}\"", StringComparison.Ordinal));

        var periods = (await ComposeAsync(csms, 1, "A", 86_400)).Split(' ').Select(period => period.Split(':')).ToList();

        Assert.Equal(["6", "16", "6"], periods.Select(period => period[1]));
        Assert.InRange(int.Parse(periods[1][0], null), 3_000, 3_600);
        Assert.InRange(int.Parse(periods[2][0], null), 46_200, 46_800);
    }

    private static async Task<SimulatedCharger> OnlineAsync(TestCsms csms)
    {
        var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);
        return charger;
    }

    private static string Profile(int id, string purpose, int level, params (int Start, double Limit)[] periods)
    {
        var list = string.Join(',', periods.Select(one => $$"""{"startPeriod":{{one.Start}},"limit":{{one.Limit}}}"""));
        return $$"""
            {"chargingProfileId":{{id}},"stackLevel":{{level}},"chargingProfilePurpose":"{{purpose}}","chargingProfileKind":"Relative",
             "chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{{list}}]} }
            """;
    }

    private static Task<string> SetAsync(TestCsms csms, int connector, string profile) =>
        StatusOfAsync(csms, "SetChargingProfile", $$"""{"connectorId":{{connector}},"csChargingProfiles":{{profile}}}""");

    private static async Task<string> StatusOfAsync(TestCsms csms, string action, string payload) =>
        (string)(await csms.CommandAsync("CP1", action, payload))[2]!["status"]!;

    private static async Task<string> ComposeAsync(TestCsms csms, int connector, string unit, int seconds = 600)
    {
        var answer = (await csms.CommandAsync(
            "CP1", "GetCompositeSchedule", $$"""{"connectorId":{{connector}},"duration":{{seconds}},"chargingRateUnit":"{{unit}}"}"""))[2]!;
        Assert.Equal("Accepted", (string)answer["status"]!);
        return answer["chargingSchedule"] is not JsonObject schedule ? "" : string.Join(
            ' ', schedule["chargingSchedulePeriod"]!.AsArray().Select(period => $"{period!["startPeriod"]}:{period["limit"]}"));
    }
}
