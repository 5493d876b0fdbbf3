namespace EvCharge.Ocpp;

/// <summary>Kinds of <see cref="Deviation"/>, each with what the reading did about it.</summary>
public static class DeviationRule
{
    /// <summary>A number where text belongs: its digits.</summary>
    public const string NumberForText = nameof(NumberForText);

    /// <summary>true or false where text belongs: the word.</summary>
    public const string BooleanForText = nameof(BooleanForText);

    /// <summary>An object or list where free text belongs: its JSON text.</summary>
    public const string JsonForText = nameof(JsonForText);

    /// <summary>Text where a number belongs: the number in it.</summary>
    public const string TextForNumber = nameof(TextForNumber);

    /// <summary>Text or a number where true or false belongs.</summary>
    public const string WordForBoolean = nameof(WordForBoolean);

    /// <summary>A number where a timestamp belongs: its digits, without a value.</summary>
    public const string NumberForTimestamp = nameof(NumberForTimestamp);

    /// <summary>A fraction where a whole number belongs: rounded, halves away from zero.</summary>
    public const string FractionForInteger = nameof(FractionForInteger);

    /// <summary>A number beyond its bounds: kept, or the nearest that the type can hold.</summary>
    public const string OutOfRange = nameof(OutOfRange);

    /// <summary>One value where a list belongs: a list of one.</summary>
    public const string SingleForList = nameof(SingleForList);

    /// <summary>A list without items where one is the least: kept.</summary>
    public const string EmptyList = nameof(EmptyList);

    /// <summary>Empty text in an optional member: absent.</summary>
    public const string EmptyText = nameof(EmptyText);

    /// <summary>null in an optional member, a list or for a whole payload: absent.</summary>
    public const string NullValue = nameof(NullValue);

    /// <summary>Over-long text: kept whole.</summary>
    public const string TooLong = nameof(TooLong);

    /// <summary>A word the standard does not know: kept.</summary>
    public const string UnknownWord = nameof(UnknownWord);

    /// <summary>Text that is no URI where one belongs: kept.</summary>
    public const string NoUri = nameof(NoUri);

    /// <summary>Control characters: left out.</summary>
    public const string ControlCharacters = nameof(ControlCharacters);

    /// <summary>Text with an escape that means no character: kept as it stood.</summary>
    public const string BrokenEscape = nameof(BrokenEscape);

    /// <summary>A timestamp without a zone: taken as UTC.</summary>
    public const string NoZone = nameof(NoZone);

    /// <summary>A timestamp in another notation than RFC 3339: read.</summary>
    public const string OddTimestamp = nameof(OddTimestamp);

    /// <summary>A timestamp that says no moment: kept without a value.</summary>
    public const string UnreadableTimestamp = nameof(UnreadableTimestamp);

    /// <summary>A member the message has not: ignored.</summary>
    public const string UnknownMember = nameof(UnknownMember);

    /// <summary>A member that stands twice: the later one counts.</summary>
    public const string RepeatedMember = nameof(RepeatedMember);

    /// <summary>A required member is missing: <see cref="AssumedAttribute"/> says what stands in.</summary>
    public const string MissingMember = nameof(MissingMember);

    /// <summary>A member or item that makes no sense: as if it were missing.</summary>
    public const string SenselessValue = nameof(SenselessValue);
}
