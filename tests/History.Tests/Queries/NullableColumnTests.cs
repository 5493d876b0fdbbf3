using System.Reflection;
using EvCharge.History.Tables;
using LinqToDB.Mapping;

namespace EvCharge.HistoryTests.Queries;

/// <summary>
/// What is never null is compared without a question for null: no index answers that one, and a join of two keys would take a time that grows with the
/// square of the rows.
/// </summary>
public sealed class NullableColumnTests
{
    [Fact]
    public async Task Queries_know_which_columns_are_never_null()
    {
        await using var history = await TestHistory.Create();
        Assert.Empty(await history.Live.OfSite(new(TestHistory.Tenant, "none"), 1)); // queries have begun

        var (context, schema) = (new NullabilityInfoContext(), new MappingSchema());
        var columns = (
            from row in typeof(HistoryTables).Assembly.GetTypes()
            where row.GetCustomAttribute<TableAttribute>() is not null && !row.IsAbstract
            from column in schema.GetEntityDescriptor(row).Columns
            let property = row.GetProperty(column.MemberName)!
            select (Name: $"{row.Name}.{column.MemberName}", column.CanBeNull, IsNullable: context.Create(property).ReadState == NullabilityState.Nullable)).ToList();

        Assert.True(columns.Count > 100, $"{columns.Count}");
        Assert.DoesNotContain(columns, column => column.CanBeNull != column.IsNullable);
    }
}
