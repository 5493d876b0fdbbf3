namespace EvCharge.HouseTests.Data;

public sealed class TenantTests
{
    private static readonly string[] Faces =
        ["Queries", "Sessions", "Chargers", "Commands", "Configuration", "Frames", "Audit", "Tenants", "Proxy"];

    [Fact]
    public void Every_method_of_history_says_first_in_whose_name() =>
        TenantRule.Check(Repository.CSharp([.. Faces.Select(face => $"src/History/{face}")])).AreNone();

    [Theory]
    [InlineData("public Task<int> Count() => default;")]
    [InlineData("public Task<int> Find(long id, TenantId tenant) => default;")]
    [InlineData("public ValueTask Put(string charger) => default;")]
    [InlineData("public IAsyncEnumerable<int> All(CancellationToken stop) => default;")]
    public void A_method_for_no_tenant_is_found(string method) => Assert.Single(Check(method));

    [Theory]
    [InlineData("public Task<int> Count(TenantId tenant) => default;")]
    [InlineData("public Task Find(ChargerId charger, long id) => default;")]
    [InlineData("public Task Find(SiteScope scope, long id) => default;")]
    [InlineData("public Task Seen(IReadOnlyCollection<(ChargerId Charger, int At)> seen) => default;")]
    [InlineData("public Task Add(CommandRecord command) => default;")]
    [InlineData("internal Task Flush() => default;")]
    [InlineData("public int Count { get; }")]
    public void A_method_that_names_the_tenant_first_is_fine(string method) => Assert.Empty(Check(method));

    private static IEnumerable<Finding> Check(string method) => TenantRule.Check(
    [
        new("src/History/Commands/CommandRecord.cs", "public record CommandRecord { public ChargerId Charger { get; init; } }"),
        new("src/History/Queries/Sample.cs", $"public class Sample {{ {method} }}"),
    ]);
}
