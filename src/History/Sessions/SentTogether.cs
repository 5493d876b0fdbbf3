namespace EvCharge.History.Sessions;

/// <summary>
/// Two statements as one, for PostgreSQL where statements are sent without waiting for their answers: what each costs by itself
/// is most of what a charging session costs the server.
/// </summary>
internal static class SentTogether
{
    /// <summary>A frame with the progress of its transaction. No row is written for a repeat, and none for a transaction that has moved on.</summary>
    public const string FrameWithProgress =
        $"WITH frame AS ({SessionTexts.InsertFrame} RETURNING 1) {SessionStatements.UpdateProgress} AND EXISTS (SELECT 1 FROM frame)";

    /// <summary>A status as history, and as what it is now.</summary>
    public const string StatusAndState =
        $"WITH report AS ({SessionTexts.InsertStatus}) {SessionTexts.UpsertConnectorState}";
}
