namespace EvCharge.History.Engines;

/// <summary>
/// A statement as the engines understand it: one text for all of them, or a second one for SQL Server, whose language has
/// another word for <c>ON CONFLICT</c>, <c>RETURNING</c> and <c>LIMIT</c>. Texts are constants; what varies is a parameter.
/// </summary>
/// <param name="Text">For SQLite and PostgreSQL.</param>
/// <param name="TransactSql">For SQL Server.</param>
internal readonly record struct Statement(string Text, string TransactSql)
{
    /// <summary>A text that every engine understands.</summary>
    public static implicit operator Statement(string text) => new(text, text);

    public string In(SqlLanguage language) => language == SqlLanguage.TransactSql ? TransactSql : Text;
}

internal enum SqlLanguage
{
    /// <summary>What SQLite and PostgreSQL have in common.</summary>
    Shared,

    TransactSql,
}
