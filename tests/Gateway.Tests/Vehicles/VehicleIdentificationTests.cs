using System.Net;
using System.Text.Json;
using EvCharge.Domain.Sessions;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Vehicles;

/// <summary>Vehicles that say through their charger who they are.</summary>
public sealed class VehicleIdentificationTests(GatewayHost host)
{
    private const string Boot = """{"chargePointVendor":"Identifying","chargePointModel":"m"}""";
    private static int _addresses;
    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task A_vehicle_is_named_on_the_transaction_that_runs()
    {
        var (vehicle, evccid) = await NewVehicle();
        var tag = await host.NewTag();
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        await charger.Starts(tag, connector: 2);

        Assert.Equal("Accepted", await Identifies(charger, evccid, connector: 2));

        var stored = await _records.Transaction(name);
        Assert.Equal(vehicle, stored.Vehicle);
        Assert.Equal(TransactionFlags.VehicleIdentified, stored.Flags & TransactionFlags.VehicleIdentified);
        var shown = (await host.Administrator.Get($"/api/v1/transactions/{stored.Id}")).Expect(HttpStatusCode.OK).Body;
        Assert.Equal(vehicle, shown.GetProperty("vehicle").GetString());
        Assert.Contains("vehicleIdentified", shown.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
    }

    [Fact]
    public async Task A_vehicle_that_waits_is_named_on_the_next_transaction_and_a_stop_keeps_it()
    {
        var (vehicle, evccid) = await NewVehicle();
        var tag = await host.NewTag();
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        Assert.Equal("Accepted", await Identifies(charger, evccid, connector: 1));

        var transaction = await charger.Started(Transactions.Start(Now(), tag));
        await charger.Call("MeterValues", Transactions.Meter(transaction, Now(), "1500"));
        await charger.Call("StopTransaction", Transactions.Stop(transaction, Now(), tag: tag));

        Assert.Equal(vehicle, (await _records.Transaction(name)).Vehicle);
    }

    [Fact]
    public async Task A_vehicle_nobody_knows_is_found_in_the_events_and_named_nowhere()
    {
        var evccid = NewAddress();
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        await charger.Started(Transactions.Start(Now()));

        Assert.Equal("Rejected", await Identifies(charger, evccid, connector: 1));

        await _records.AwaitEvent("vehicle-unknown", name, evccid);
        Assert.Null((await _records.Transaction(name)).Vehicle);
    }

    [Fact]
    public async Task Two_vehicles_with_one_address_are_neither()
    {
        var (_, evccid) = await NewVehicle();
        (await host.Administrator.Put($"/api/v1/vehicles/{host.Name("v")}", new { evccid = evccid.ToLowerInvariant() })).Expect(HttpStatusCode.Created);
        var (charger, _) = await NewCharger();
        await using var _1 = charger;

        Assert.Equal("Rejected", await Identifies(charger, evccid, connector: 1));
    }

    [Theory]
    [InlineData("identifying.example", "Vehicle", "\"no JSON\"", "Rejected")]
    [InlineData("identifying.example", "Vehicle", "null", "Rejected")]
    [InlineData("identifying.example", "Vehicle", "\"{\\\"vehicle\\\":[1]}\"", "Rejected")]
    [InlineData("identifying.example", "Vehicle", "\"{\\\"vehicle\\\":{\\\"evccid\\\":\\\"\\\\u0007\\\"},\\\"connector\\\":1}\"", "Rejected")]
    [InlineData("identifying.example", "Vehicle", "\"{\\\"vehicle\\\":{\\\"evccid\\\":\\\"X\\\"},\\\"connector\\\":99999}\"", "Rejected")]
    [InlineData("identifying.example", "Plain", "\"\\ud800\"", "Rejected")]
    [InlineData("identifying.example", "Other", "\"x\"", "UnknownMessageId")]
    [InlineData("other.example", "Vehicle", "\"x\"", "UnknownVendorId")]
    public async Task A_message_that_identifies_nothing_gets_a_result_all_the_same(string vendor, string message, string data, string status)
    {
        var (charger, _) = await NewCharger();
        await using var _1 = charger;

        var answer = await charger.Call("DataTransfer", $$"""{"vendorId":"{{vendor}}","messageId":"{{message}}","data":{{data}}}""");

        Assert.Equal(status, answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_charger_of_two_connectors_that_names_none_is_not_guessed_at()
    {
        var (vehicle, evccid) = await NewVehicle();
        var (two, name) = await NewCharger();
        await using var _ = two;
        var (one, single) = await NewCharger(connectors: 1);
        await using var _1 = one;
        await one.Started(Transactions.Start(Now()));
        var message = $$"""{"vendorId":"identifying.example","messageId":"Plain","data":"{{evccid}}"}""";

        Assert.Equal("Rejected", (await two.Call("DataTransfer", message)).GetProperty("status").GetString());
        Assert.Equal("Accepted", (await one.Call("DataTransfer", message)).GetProperty("status").GetString());

        await _records.AwaitEvent("vehicle-unknown", name, evccid);
        Assert.Equal(vehicle, (await _records.Transaction(single)).Vehicle);
    }

    [Fact]
    public async Task A_tag_of_autocharge_names_the_vehicle_with_that_address()
    {
        var (vehicle, evccid) = await NewVehicle();
        var tag = $"VID:{evccid}";
        (await host.Administrator.Put($"/api/v1/tags/{tag}", new { })).Expect(HttpStatusCode.Created);
        var (charger, name) = await NewCharger();
        await using var _ = charger;

        Assert.Equal("Accepted", (await charger.Starts(tag)).Status);

        Assert.Equal(vehicle, (await _records.Transaction(name)).Vehicle);
    }

    [Fact]
    public async Task A_tag_of_autocharge_nobody_configured_is_invalid_and_its_vehicle_is_named_once_it_is_known()
    {
        var evccid = NewAddress();
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        Assert.Equal("Invalid", await charger.Presents($"VID:{evccid}"));
        var vehicle = host.Name("v");
        (await host.Administrator.Put($"/api/v1/vehicles/{vehicle}", new { evccid })).Expect(HttpStatusCode.Created);

        // The tag's grain is told one way, and may hear of the vehicle after the charger is heard.
        var minute = 0;
        await Eventually.Holds(
            async () =>
            {
                Assert.Equal("Invalid", (await charger.Starts($"VID:{evccid}", minute++)).Status);
                return (await _records.Transactions(name))[0].Vehicle == vehicle;
            },
            "a transaction has the vehicle");
    }

    [Fact]
    public async Task Another_tenants_vehicle_is_unknown_here()
    {
        var foreigner = await host.WithRole(Gateway.Security.Roles.Administrator, GatewayHost.ForeignTenant);
        var evccid = NewAddress();
        (await foreigner.Put($"/api/v1/vehicles/{host.Name("v")}", new { evccid })).Expect(HttpStatusCode.Created);
        var (charger, _) = await NewCharger();
        await using var _1 = charger;

        Assert.Equal("Rejected", await Identifies(charger, evccid, connector: 1));
    }

    [Fact]
    public async Task A_replay_names_the_same_vehicles()
    {
        var (_, before) = await NewVehicle();
        var (_, during) = await NewVehicle();
        var tag = await host.NewTag();
        var (charger, name) = await NewCharger(new { connectors = 2, frameLog = "full" });
        await using (charger)
        {
            await Identifies(charger, before, connector: 1);
            var first = await charger.Started(Transactions.Start(Now(), tag));
            await Identifies(charger, NewAddress(), connector: 1);
            await charger.Call("StopTransaction", Transactions.Stop(first, Now(), tag: tag));
            var second = await charger.Started(Transactions.Start(Now(), tag, meter: 2_000));
            await Identifies(charger, during, connector: 1);
            await Identifies(charger, before, connector: 1);
            await charger.Call("StopTransaction", Transactions.Stop(second, Now(), meter: 3_000, tag: tag));
            await charger.Close();
        }

        await Eventually.Holds(
            async () => (await host.Administrator.Get($"/api/v1/frames?charger={name}&limit=1")).Body.GetProperty("items").EnumerateArray()
                .Any(entry => entry.GetProperty("kind").GetString() == "closed"),
            $"{name} has parted");
        var report = (await host.Administrator.Post($"/api/v1/chargers/{name}/replay", new { })).Expect(HttpStatusCode.OK).Body;

        Assert.True(report.GetProperty("equal").GetBoolean(), report.ToString());
        Assert.Equal(2, report.GetProperty("transactions").GetInt32());
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    private static string NewAddress() => $"02AB00{Interlocked.Increment(ref _addresses):X6}";

    private static async Task<string> Identifies(WireCharger charger, string evccid, int connector)
    {
        var data = JsonEncodedText.Encode($$"""{"vehicle":{"evccid":"{{evccid}}"},"connector":{{connector}}}""");
        var answer = await charger.Call("DataTransfer", $$"""{"vendorId":"Identifying.Example","messageId":"Vehicle","data":"{{data}}"}""");
        return answer.GetProperty("status").GetString()!;
    }

    private async Task<(string Vehicle, string Evccid)> NewVehicle()
    {
        var (vehicle, evccid) = (host.Name("v"), NewAddress());
        (await host.Administrator.Put($"/api/v1/vehicles/{vehicle}", new { evccid })).Expect(HttpStatusCode.Created);
        return (vehicle, evccid);
    }

    private Task<(WireCharger Wire, string Name)> NewCharger(int connectors = 2) => NewCharger(new { connectors });

    private async Task<(WireCharger Wire, string Name)> NewCharger(object body)
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", body)).Expect(HttpStatusCode.Created);
        await host.RefreshFrameLogs();
        var charger = await WireCharger.Connect(host.Address, name);
        await charger.Call("BootNotification", Boot);
        return (charger, name);
    }
}
