namespace EvCharge.History.Commands;

/// <summary>The statements of the command log.</summary>
internal static class CommandStatements
{
    /// <summary>What the charger answered stands: a former activation that ends late knows less.</summary>
    public const string Update =
        """
        UPDATE command SET
            status = @status, message_id = @message_id, sent_at = @sent_at, ended_at = @ended_at, result = @result,
            error_code = @error_code, error_description = @error_description, late = @late
        WHERE tenant_id = @tenant AND id = @id AND (status NOT IN (@answered, @error) OR @status IN (@answered, @error))
        """;
}
