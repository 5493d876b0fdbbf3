namespace EvCharge.GatewayTests.Ocpp;

/// <summary>
/// How the product is run for the tests, named by <c>EVCHARGE_TEST_INSTALLATION</c>: standalone, which is the default,
/// standalone-postgresql, standalone-sqlserver, split or split-sqlserver. A test that brings what it needs, or
/// takes minutes and would see the same on each, has the trait <see cref="Trait"/> with the value <see cref="Own"/>: it runs with the default and is left
/// out of the other runs.
/// </summary>
public static class InstallationKind
{
    public const string Trait = "installation";
    public const string Own = "own";

    /// <summary>One process on the embedded engine.</summary>
    public const string Standalone = "standalone";

    /// <summary>One process on PostgreSQL.</summary>
    public const string StandaloneOnPostgreSql = "standalone-postgresql";

    /// <summary>Two silos and two gateways on PostgreSQL; chargers connect to both gateways in turn, requests go to one.</summary>
    public const string Split = "split";

    /// <summary>One process on SQL Server.</summary>
    public const string StandaloneOnSqlServer = "standalone-sqlserver";

    /// <summary>As <see cref="Split"/>, on SQL Server.</summary>
    public const string SplitOnSqlServer = "split-sqlserver";

    public static string Current { get; } = Environment.GetEnvironmentVariable("EVCHARGE_TEST_INSTALLATION") switch
    {
        null or "" => Standalone,
        (Standalone or StandaloneOnPostgreSql or StandaloneOnSqlServer or Split or SplitOnSqlServer) and var kind => kind,
        var unknown => throw new InvalidOperationException(
            $"EVCHARGE_TEST_INSTALLATION is '{unknown}'; it may be {Standalone}, {StandaloneOnPostgreSql}, {StandaloneOnSqlServer}, "
            + $"{Split} or {SplitOnSqlServer}."),
    };

    public static bool IsSplit => Current is Split or SplitOnSqlServer;
}
