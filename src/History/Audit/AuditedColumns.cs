using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EvCharge.History.Tables;
using LinqToDB.Mapping;

namespace EvCharge.History.Audit;

/// <summary>
/// The columns of a row as the audit log shows them. Of a secret a fingerprint, so that it shows when it was replaced: what is
/// stored of it is a salted hash or a cipher, and cannot be guessed from this.
/// </summary>
internal static class AuditedColumns
{
    private static readonly ImmutableArray<string> Hidden = ["tenant_id", "row_version"];

    public static Dictionary<string, object?> Of<T>(T row) => Columns<T>.All.ToDictionary(
        column => column.Name,
        column => column.Secret ? Fingerprint(column.Property.GetValue(row)) : column.Property.GetValue(row),
        StringComparer.Ordinal);

    private static string? Fingerprint(object? secret) => secret switch
    {
        null => null,
        byte[] bytes => Short(bytes),
        _ => Short(Encoding.UTF8.GetBytes(secret.ToString()!)),
    };

    private static string Short(byte[] secret) => $"*** {Convert.ToHexStringLower(SHA256.HashData(secret))[..8]}";

    private static class Columns<T>
    {
        public static readonly ImmutableArray<(string Name, PropertyInfo Property, bool Secret)> All =
        [
            .. from property in typeof(T).GetProperties()
               let column = property.GetCustomAttribute<ColumnAttribute>()?.Name
               where column is not null && !Hidden.Contains(column)
               select (column, property, property.IsDefined(typeof(SecretAttribute))),
        ];
    }
}
