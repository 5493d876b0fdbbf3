using EvCharge.Domain.Identity;
using EvCharge.Domain.Vehicles;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

public sealed class FindVehicleTests
{
    private static readonly VehicleConfiguration Zoe = new("zoe", "Zoe", "VF1AG000X64744000", "01:23:45:67:89:ab", [], null);

    [Theory]
    [InlineData("0123456789AB", "zoe")]
    [InlineData("VID:0123456789ab", "zoe")]
    [InlineData("vf1ag000x64744000", "zoe")]
    [InlineData("0123456789AC", null)]
    public async Task A_vehicle_is_found_by_its_address_or_its_VIN(string said, string? found)
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutVehicle(Tenant, Zoe, null);
        await history.Configuration.PutVehicle(Tenant, Zoe with { Vehicle = "leaf", Vin = null, Evccid = null }, null);

        Assert.Equal(found, await history.Configuration.FindVehicle(Tenant, VehicleIdentity.Of(said)!.Spellings));
        Assert.Null(await history.Configuration.FindVehicle(new TenantId("acme"), VehicleIdentity.Of(said)!.Spellings));
    }

    [Fact]
    public async Task Of_two_vehicles_with_one_address_none_is_found()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutVehicle(Tenant, Zoe, null);
        await history.Configuration.PutVehicle(Tenant, Zoe with { Vehicle = "leaf", Vin = null, Evccid = "0123456789AB" }, null);

        Assert.Null(await history.Configuration.FindVehicle(Tenant, VehicleIdentity.Of("0123456789AB")!.Spellings));
    }
}
