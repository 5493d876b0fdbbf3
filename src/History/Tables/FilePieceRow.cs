using LinqToDB.Mapping;

namespace EvCharge.History.Tables;

/// <summary>A piece of a file's content; the numbers begin at 0.</summary>
[Table("file_piece")]
internal sealed record FilePieceRow : ITenantRow
{
    [Column("tenant_id"), PrimaryKey] public required string TenantId { get; init; }
    [Column("file_id"), PrimaryKey] public required long FileId { get; init; }
    [Column("number"), PrimaryKey] public required int Number { get; init; }
    [Column("content")] public required byte[] Content { get; init; }
}
