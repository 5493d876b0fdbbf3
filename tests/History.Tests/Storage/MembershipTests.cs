using System.Net;
using EvCharge.Storage;
using EvCharge.Storage.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EvCharge.HistoryTests.Storage;

/// <summary>The table of a cluster's members, as two silos see it.</summary>
[Trait(TestEngine.Trait, TestEngine.AnyServer)]
public sealed class MembershipTests : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private DatabaseLocation _database = null!;
    private IMembershipTable _one = null!;
    private IMembershipTable _other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.Empty(TestEngine.Server);
        await OrleansSchema.Install(_database, Stop);
        _one = await Open("cluster");
        _other = await Open("cluster");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_cluster_begins_once_with_no_members()
    {
        var table = await _one.ReadAllAsync(Stop);

        Assert.Empty(table.Members);
        Assert.Equal(0, table.Version.Version);
        Assert.Equal(table.Version, (await _other.ReadAllAsync(Stop)).Version);
    }

    [Fact]
    public async Task A_member_comes_back_as_it_was_stored()
    {
        var member = Member(1, SiloStatus.Active);
        member.SuspectTimes = [Tuple.Create(Address(2), Now)];
        Assert.True(await Insert(_one, member));
        Assert.True(await Update(_one, member));

        var (found, _) = Assert.Single((await _other.ReadRowAsync(member.SiloAddress, Stop)).Members);

        Assert.Equal(
            (member.SiloAddress, member.SiloName, member.HostName, member.Status, member.ProxyPort, member.StartTime, member.IAmAliveTime),
            (found.SiloAddress, found.SiloName, found.HostName, found.Status, found.ProxyPort, found.StartTime, found.IAmAliveTime));
        Assert.Equal(member.SuspectTimes, found.SuspectTimes);
        Assert.Empty((await _other.ReadRowAsync(Address(9), Stop)).Members);
    }

    [Fact]
    public async Task Of_two_that_join_at_the_same_moment_one_comes_first_and_the_other_after_it()
    {
        for (var pair = 1; pair <= 20; pair++)
        {
            var version = (await _one.ReadAllAsync(Stop)).Version.Next();
            var (first, second) = (Member(2 * pair, SiloStatus.Joining), Member((2 * pair) + 1, SiloStatus.Joining));

            var joined = await Task.WhenAll(_one.InsertRowAsync(first, version, Stop), _other.InsertRowAsync(second, version, Stop));

            Assert.Single(joined, succeeded => succeeded);
            Assert.True(await Insert(_other, joined[0] ? second : first));
            var table = await _one.ReadAllAsync(Stop);
            Assert.Equal((2 * pair, 2 * pair), (table.Members.Count, table.Version.Version));
        }
    }

    [Fact]
    public async Task Nobody_joins_twice()
    {
        Assert.True(await Insert(_one, Member(1, SiloStatus.Joining)));

        Assert.False(await Insert(_other, Member(1, SiloStatus.Active)));

        Assert.Equal(1, (await _one.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task A_change_that_was_decided_on_an_older_version_of_the_table_is_refused()
    {
        var member = Member(1, SiloStatus.Active);
        await Insert(_one, member);
        var table = await _one.ReadAllAsync(Stop);
        await Insert(_other, Member(2, SiloStatus.Active));
        member.Status = SiloStatus.Dead;

        Assert.False(await _one.UpdateRowAsync(member, table.Members[0].Item2, table.Version.Next(), Stop));

        Assert.All((await _one.ReadAllAsync(Stop)).Members, row => Assert.Equal(SiloStatus.Active, row.Item1.Status));
        Assert.False(await Update(_one, Member(9, SiloStatus.Dead)));
        Assert.Equal(2, (await _one.ReadAllAsync(Stop)).Version.Version);
    }

    [Fact]
    public async Task A_sign_of_life_is_seen_and_is_no_change_of_the_table()
    {
        var member = Member(1, SiloStatus.Active);
        await Insert(_one, member);
        member.IAmAliveTime = Now.AddMinutes(1);

        await _one.UpdateIAmAliveAsync(member, Stop);

        var table = await _other.ReadAllAsync(Stop);
        Assert.Equal(Now.AddMinutes(1), table.Members[0].Item1.IAmAliveTime);
        Assert.Equal(1, table.Version.Version);
    }

    [Fact]
    public async Task The_dead_are_forgotten_when_they_are_old_enough()
    {
        var (longDead, silent, justDead) = (Member(1, SiloStatus.Dead), Member(2, SiloStatus.Active), Member(3, SiloStatus.Dead));
        justDead.IAmAliveTime = Now.AddHours(1);
        foreach (var member in new[] { longDead, silent, justDead })
        {
            await Insert(_one, member);
        }

        await _one.CleanupDefunctSiloEntriesAsync(Now.AddMinutes(1), Stop);

        Assert.Equal(
            new[] { silent.SiloAddress, justDead.SiloAddress }.Order(),
            (await _other.ReadAllAsync(Stop)).Members.Select(row => row.Item1.SiloAddress).Order());
    }

    [Fact]
    public async Task A_cluster_knows_nothing_of_another_on_the_same_database()
    {
        var stranger = await Open("another");
        await Insert(_one, Member(1, SiloStatus.Active));

        Assert.Empty((await stranger.ReadAllAsync(Stop)).Members);
        await stranger.DeleteMembershipTableEntriesAsync("another", Stop);

        Assert.Single((await _one.ReadAllAsync(Stop)).Members);
    }

    private static async Task<bool> Insert(IMembershipTable table, MembershipEntry member) =>
        await table.InsertRowAsync(member, (await table.ReadAllAsync(Stop)).Version.Next(), Stop);

    private static async Task<bool> Update(IMembershipTable table, MembershipEntry member)
    {
        var all = await table.ReadAllAsync(Stop);
        return await table.UpdateRowAsync(member, all.TryGet(member.SiloAddress)?.Item2 ?? "", all.Version.Next(), Stop);
    }

    private static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 20_000 + number, 1000 + number);

    private static MembershipEntry Member(int number, SiloStatus status) => new()
    {
        SiloAddress = Address(number),
        SiloName = $"silo {number}",
        HostName = "host",
        Status = status,
        ProxyPort = 30_000 + number,
        StartTime = Now.AddHours(-2),
        IAmAliveTime = Now.AddHours(-1),
    };

    /// <summary>The table as a silo has it, without the silo.</summary>
    private async Task<IMembershipTable> Open(string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseEvChargeClustering(_database, cluster));
        var table = builder.Build().Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, Stop);
        return table;
    }
}
