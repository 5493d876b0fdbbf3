using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

public sealed class VehicleTagsTests
{
    private static readonly TagConfiguration Tag = new("Tag1", "Accepted", null, null, [], null, null);
    private static readonly VehicleConfiguration Zoe = new("zoe", "Zoe", null, null, ["Tag1"], null);

    [Fact]
    public async Task A_tag_that_a_vehicle_lists_names_that_vehicle()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutVehicle(Tenant, Zoe, null);

        await history.Configuration.PutTag(Tenant, Tag, null);

        Assert.Equal("zoe", await VehicleOfTag(history));
        Assert.Equal("zoe", Assert.Single(await history.Configuration.Tags(Tenant, null, 9)).Value.Vehicle);
    }

    [Fact]
    public async Task A_vehicle_lists_the_tags_that_name_it()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTag(Tenant, Tag with { Vehicle = "zoe" }, null);

        await history.Configuration.PutVehicle(Tenant, Zoe with { Tags = [] }, null);

        Assert.Equal(["Tag1"], await TagsOf(history, "zoe"));
    }

    [Fact]
    public async Task A_tag_put_again_without_a_vehicle_belongs_to_none()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTag(Tenant, Tag with { Vehicle = "zoe" }, null);
        await history.Configuration.PutVehicle(Tenant, Zoe, null);

        await history.Configuration.PutTag(Tenant, Tag, null);

        Assert.Null(await VehicleOfTag(history));
        Assert.Empty(await TagsOf(history, "zoe"));
    }

    [Fact]
    public async Task A_tag_belongs_to_one_vehicle_and_a_move_raises_each_version_it_shows_in()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTag(Tenant, Tag, null);
        await history.Configuration.PutVehicle(Tenant, Zoe, null);
        var tagBefore = (await history.Configuration.Tag(Tenant, new IdTag("Tag1")))!.RowVersion;
        var zoeBefore = (await history.Configuration.Vehicle(Tenant, "zoe"))!.RowVersion;

        await history.Configuration.PutVehicle(Tenant, Zoe with { Vehicle = "leaf", Tags = ["TAG1"] }, null);

        Assert.Equal("leaf", await VehicleOfTag(history));
        Assert.Empty(await TagsOf(history, "zoe"));
        Assert.True((await history.Configuration.Tag(Tenant, new IdTag("Tag1")))!.RowVersion > tagBefore);
        Assert.True((await history.Configuration.Vehicle(Tenant, "zoe"))!.RowVersion > zoeBefore);
    }

    [Fact]
    public async Task A_deleted_vehicle_and_a_deleted_tag_leave_no_link()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTag(Tenant, Tag, null);
        await history.Configuration.PutVehicle(Tenant, Zoe, null);

        await history.Configuration.DeleteVehicle(Tenant, "zoe", null);
        Assert.Null(await VehicleOfTag(history));
        await history.Configuration.PutVehicle(Tenant, Zoe, null);
        await history.Configuration.DeleteTag(Tenant, new IdTag("TAG1"), null);

        Assert.Empty(await TagsOf(history, "zoe"));
    }

    private static async Task<string?> VehicleOfTag(TestHistory history) =>
        (await history.Configuration.Tag(Tenant, new IdTag("tag1")))!.Value.Vehicle;

    private static async Task<IReadOnlyList<string>> TagsOf(TestHistory history, string vehicle) =>
        (await history.Configuration.Vehicle(Tenant, vehicle))!.Value.Tags;
}
