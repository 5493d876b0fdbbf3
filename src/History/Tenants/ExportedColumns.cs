using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using EvCharge.History.Tables;
using LinqToDB.Mapping;

namespace EvCharge.History.Tenants;

/// <summary>The columns of rows as an export names them: as the database does, without secrets and without the tenant.</summary>
internal static class ExportedColumns
{
    private const string Tenant = "tenant_id";

    /// <summary>The columns of a row by name. JSON that is stored as bytes comes as text, the content of files in base64.</summary>
    public static IReadOnlyDictionary<string, object?> Of<T>(T row) => Columns<T>.All.ToDictionary(
        column => column.Name,
        column => Show(row, column.Property.GetValue(row)),
        StringComparer.Ordinal);

    private static object? Show<T>(T row, object? value) => value is byte[] bytes && row is not FilePieceRow ? Encoding.UTF8.GetString(bytes) : value;

    private static class Columns<T>
    {
        public static readonly ImmutableArray<(string Name, PropertyInfo Property)> All =
        [
            .. from property in typeof(T).GetProperties()
               let column = property.GetCustomAttribute<ColumnAttribute>()?.Name
               where column is not (null or Tenant) && !property.IsDefined(typeof(SecretAttribute))
               select (column, property),
        ];
    }
}
