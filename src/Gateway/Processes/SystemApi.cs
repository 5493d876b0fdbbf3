using System.Diagnostics;
using System.Reflection;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Ocpp;
using EvCharge.Gateway.Security;
using Orleans.Runtime;

namespace EvCharge.Gateway.Processes;

/// <summary>The processes that the installation is made of, for those who run it.</summary>
internal static class SystemApi
{
    private static readonly string Version =
        typeof(SystemApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void MapSystem(this IEndpointRouteBuilder api) =>
        api.MapGet("/system", Get).RequirePermission(Permission.ManageTenants)
            .WithTags("System").WithName("getSystem").WithSummary("Version, silos with their load, grains, and the gateway that answers");

    private static async Task<SystemView> Get(IGrainFactory grains, IServiceProvider services)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var members = (await management.GetDetailedHosts(onlyActive: false)).Where(member => member.Status != SiloStatus.Dead).ToList();
        var silos = await Task.WhenAll(members.Select(async member => SiloView.Of(member, await Statistics(management, member))));
        var counts = await Or(management.GetSimpleGrainStatistics(), []);
        return new SystemView(
            Version,
            GatewayProcessView.Now(services.GetService<SocketRegistry>()?.Count),
            [.. silos.OrderBy(silo => silo.Name, StringComparer.Ordinal)],
            [.. counts
                .Where(count => count.GrainType.StartsWith("EvCharge.", StringComparison.Ordinal))
                .GroupBy(count => NameOf(count.GrainType), (name, same) => new GrainCountView(name, same.Sum(count => count.ActivationCount)))
                .OrderBy(count => count.Grain, StringComparer.Ordinal)]);
    }

    private static async Task<SiloRuntimeStatistics?> Statistics(IManagementGrain management, MembershipEntry member) =>
        member.Status == SiloStatus.Active ? (await Or(management.GetRuntimeStatistics([member.SiloAddress]), [])).FirstOrDefault() : null;

    /// <summary>A silo may be gone before the table of members says so: then what it would have told is left out.</summary>
    private static async Task<T[]> Or<T>(Task<T[]> told, T[] otherwise)
    {
        try
        {
            return await told;
        }
        catch (Exception gone) when (gone is OrleansException or TimeoutException)
        {
            return otherwise;
        }
    }

    /// <summary>ChargerGrain of <c>EvCharge.Grains.Chargers.ChargerGrain,EvCharge.Grains</c>.</summary>
    private static string NameOf(string type) => type.Split(',')[0].Split('.')[^1];
}

/// <param name="Version">Of the program, with the commit that it was built from.</param>
/// <param name="Gateway">The one that answers; others are behind the same address.</param>
/// <param name="Grains">Activations of each kind, of all tenants and silos together.</param>
public sealed record SystemView(string Version, GatewayProcessView Gateway, IReadOnlyList<SiloView> Silos, IReadOnlyList<GrainCountView> Grains);

/// <param name="Connections">Of chargers; null where it serves none.</param>
/// <param name="MemoryBytes">Resident.</param>
public sealed record GatewayProcessView(string Host, DateTimeOffset StartedAt, int? Connections, long MemoryBytes)
{
    internal static GatewayProcessView Now(int? connections)
    {
        using var process = Process.GetCurrentProcess();
        return new GatewayProcessView(Environment.MachineName, new DateTimeOffset(process.StartTime).ToUniversalTime(), connections, process.WorkingSet64);
    }
}

/// <summary>A silo. What it tells of itself is null while it cannot be asked.</summary>
/// <param name="Status">Joining, Active, ShuttingDown, Stopping and so on.</param>
/// <param name="AliveAt">When it last said in the table of members that it is alive.</param>
/// <param name="Activations">Grains in its memory, those of Orleans included.</param>
/// <param name="Clients">Gateways that are connected to it.</param>
/// <param name="CpuPercent">Of its machine.</param>
public sealed record SiloView(
    string Name, string Address, string Status, DateTimeOffset StartedAt, DateTimeOffset AliveAt, int? Activations, long? Clients, double? CpuPercent,
    long? MemoryBytes)
{
    internal static SiloView Of(MembershipEntry member, SiloRuntimeStatistics? told) => new(
        member.SiloName,
        member.SiloAddress.Endpoint.ToString(),
        member.Status.ToString(),
        Utc(member.StartTime),
        Utc(member.IAmAliveTime),
        told?.ActivationCount,
        told?.ClientCount,
        told is { EnvironmentStatistics.FilteredCpuUsagePercentage: var cpu } ? Math.Round(cpu, 1) : null,
        told?.EnvironmentStatistics.RawMemoryUsageBytes);

    private static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));
}

/// <param name="Grain">The kind: ChargerGrain, SiteGrain.</param>
public sealed record GrainCountView(string Grain, int Activations);
