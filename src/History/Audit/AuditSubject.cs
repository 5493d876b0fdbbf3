using System.Linq.Expressions;
using System.Text.Json;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Audit;

/// <summary>A thing that is changed, as its rows say it.</summary>
internal sealed class AuditSubject
{
    private readonly List<(string Member, Func<HistoryTables, object?> Read)> _parts = [];

    private AuditSubject()
    {
    }

    /// <param name="row">The one row without which there is no such thing.</param>
    public static AuditSubject Of<T>(Expression<Func<T, bool>> row)
        where T : class
    {
        var subject = new AuditSubject();
        subject._parts.Add(("", tables => tables.GetTable<T>().FirstOrDefault(row) is { } found ? AuditedColumns.Of(found) : null));
        return subject;
    }

    /// <summary>Adds rows that belong to it.</summary>
    public AuditSubject With<T>(string member, Expression<Func<T, bool>> rows)
        where T : class
    {
        _parts.Add((member, tables => tables.GetTable<T>().Where(rows).ToList().ConvertAll(AuditedColumns.Of)));
        return this;
    }

    /// <summary>Its columns as JSON; null when there is no such thing.</summary>
    public string? Read(HistoryTables tables)
    {
        if (_parts[0].Read(tables) is not Dictionary<string, object?> columns)
        {
            return null;
        }

        foreach (var (member, read) in _parts.Skip(1))
        {
            columns[member] = read(tables);
        }

        return JsonSerializer.Serialize(columns);
    }
}
